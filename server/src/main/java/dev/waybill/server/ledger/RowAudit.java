package dev.waybill.server.ledger;

import dev.waybill.server.db.Tx;
import java.util.List;

/**
 * Compares a room's rows with the statements that they show (law 6). A room implements it and hands it to {@link
 * LedgerVerify}; each row that differs from its statement, or has none, is a finding.
 */
public interface RowAudit {
    /** The room's name, as its package has it. */
    String room();

    /** Every row that does not agree; empty when all do. Reads only. */
    List<Finding> check(Tx tx, Ledger ledger);
}
