package dev.waybill.server.ledger;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Checks everything that can be computed again: leaves, tree, statements, tiles, checkpoints, and each room's rows. */
public final class LedgerVerify {
    private final Database database;
    private final Ledger ledger;
    private final List<RowAudit> audits;
    private final Semaphore one = new Semaphore(1);

    public LedgerVerify(Database database, Ledger ledger, List<RowAudit> audits) {
        this.database = database;
        this.ledger = ledger;
        this.audits = List.copyOf(audits);
    }

    /**
     * What does not agree, the ledger's own first; empty when all does. One run at a time, whoever asks: it reads everything,
     * and a second one would take the readers that the others need. {@code LEDGER_VERIFY_RUNNING}.
     */
    public Report run() {
        if (!one.tryAcquire()) {
            throw new Problem.Conflict(
                            "LEDGER_VERIFY_RUNNING",
                            "Verifying the ledger",
                            "another run is reading it.",
                            "Wait until that one has ended, then ask again.")
                    .exception();
        }
        try {
            return check();
        } finally {
            one.release();
        }
    }

    private Report check() {
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
