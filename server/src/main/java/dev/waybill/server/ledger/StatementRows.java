package dev.waybill.server.ledger;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows of one table that each show one statement of one type, compared with the ledger in both directions. */
public final class StatementRows {
    private static final int PAGE = 500;

    private final Tx tx;
    private final Ledger ledger;
    private final String room;
    private final String table;
    private final Set<Digest> shown = new HashSet<>();
    private final List<Finding> findings = new ArrayList<>();

    public StatementRows(Tx tx, Ledger ledger, String room, String table) {
        this.tx = tx;
        this.ledger = ledger;
        this.room = room;
        this.table = table;
    }

    /** @param agrees whether the statement says what the row says; a statement that cannot be read does not */
    public void row(String row, Digest statement, Predicate<Entry> agrees) {
        shown.add(statement);
        Optional<Entry> entry = ledger.find(tx, statement);
        if (entry.isEmpty()) {
            add(row, null, "STATEMENT_MISSING", "The ledger has no " + statement + ".");
        } else if (!holds(agrees, entry.get())) {
            add(row, entry.get().index(), "ROW_DIFFERS", "The row says something else than its statement.");
        }
    }

    private static boolean holds(Predicate<Entry> agrees, Entry entry) {
        try {
            return agrees.test(entry);
        } catch (ProblemException e) {
            return false;
        }
    }

    /** Every statement of this type that no row showed is a finding, too. */
    public void allOf(String predicateType) {
        allOf(predicateType, entry -> true);
    }

    /** @param concerned statements that have a row at all */
    public void allOf(String predicateType, Predicate<Entry> concerned) {
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, predicateType, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                if (!shown.contains(entry.id()) && concerned.test(entry)) {
                    add(entry.id().toString(), entry.index(), "ROW_MISSING", "No row shows this statement.");
                }
            }
        } while (page.size() == PAGE);
    }

    public void add(String row, @Nullable Long index, String code, String what) {
        findings.add(new Finding(room, table, row, index, code, what));
    }

    public List<Finding> findings() {
        return List.copyOf(findings);
    }
}
