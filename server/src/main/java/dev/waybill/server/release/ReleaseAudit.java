package dev.waybill.server.release;

import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares releases with their statements, in both directions, and the chain of each slot with itself. */
public final class ReleaseAudit implements RowAudit {
    private static final String TABLE = "slot_release";
    private static final int PAGE = 500;

    private final SqlReleaseStore store = new SqlReleaseStore();

    @Override
    public String room() {
        return "release";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        store.slots(tx).forEach(slot -> {
            Release before = null;
            for (Release release : store.all(tx, slot, Integer.MAX_VALUE).reversed()) {
                shown.add(release.statement().toString());
                agrees(tx, ledger, release).ifPresent(findings::add);
                if (!follows(before, release)) {
                    findings.add(finding(release, "CHAIN_BROKEN", "it does not follow the release before it"));
                }
                before = release;
            }
        });
        missing(tx, ledger, shown, findings);
        return findings;
    }

    private Optional<Finding> agrees(Tx tx, Ledger ledger, Release release) {
        Optional<Entry> entry = ledger.find(tx, release.statement());
        if (entry.isEmpty()) {
            return Optional.of(finding(release, "STATEMENT_MISSING", "its statement is not in the ledger"));
        }
        ReleaseMade says = entry.get().statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
        return says.equals(release.says()) && store.isFoundByItsKey(tx, release)
                ? Optional.empty()
                : Optional.of(finding(release, "ROW_DIFFERS", "it differs from its statement"));
    }

    private static boolean follows(@Nullable Release before, Release release) {
        return before == null
                ? release.says().number() == 1 && release.says().previous() == null
                : release.says().number() == before.says().number() + 1
                        && before.statement().equals(release.says().previous());
    }

    private void missing(Tx tx, Ledger ledger, Set<String> shown, List<Finding> findings) {
        long seen = -1;
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.RELEASE, seen, PAGE);
            for (Entry entry : page) {
                seen = entry.index();
                if (!shown.contains(entry.id().toString())) {
                    findings.add(new Finding(
                            room(),
                            TABLE,
                            entry.id().toString(),
                            entry.index(),
                            "ROW_MISSING",
                            "A release statement has no row."));
                }
            }
        } while (page.size() == PAGE);
    }

    private Finding finding(Release release, String code, String what) {
        return new Finding(
                room(), TABLE, release.id().toString(), null, code, "Release " + release.id() + ": " + what + ".");
    }
}
