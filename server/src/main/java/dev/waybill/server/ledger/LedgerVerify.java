package dev.waybill.server.ledger;

import dev.waybill.server.db.Database;
import java.util.ArrayList;
import java.util.List;

/** Checks everything that can be computed again: leaves, tree, statements, tiles, checkpoints, and each room's rows. */
public final class LedgerVerify {
    private final Database database;
    private final Ledger ledger;
    private final List<RowAudit> audits;

    public LedgerVerify(Database database, Ledger ledger, List<RowAudit> audits) {
        this.database = database;
        this.ledger = ledger;
        this.audits = List.copyOf(audits);
    }

    /** What does not agree, the ledger's own first; empty when all does. */
    public Report run() {
        List<Finding> findings = new ArrayList<>();
        long size = database.read(tx -> LeafAudit.check(tx, ledger, findings));
        new TileAudit(database, ledger).check(findings);
        for (RowAudit audit : audits) {
            findings.addAll(check(audit));
        }
        return new Report(size, findings);
    }

    /** Whoever writes to the database can write what no reader expects: that is a finding, not a broken server. */
    private List<Finding> check(RowAudit audit) {
        try {
            return database.read(tx -> audit.check(tx, ledger));
        } catch (RuntimeException e) {
            return List.of(new Finding(
                    audit.room(), audit.room(), "-", null, "ROW_UNREADABLE", "A row cannot be read: " + reason(e)));
        }
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("") + ".";
    }

    /** @param entries how many entries were checked */
    public record Report(long entries, List<Finding> findings) {
        public Report {
            findings = List.copyOf(findings);
        }
    }
}
