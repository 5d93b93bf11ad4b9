package dev.waybill.server.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Where deployments, observations and what shall run are found. */
interface ReportStore {
    /** The two kinds of things that agents say. */
    enum Kind {
        DEPLOYMENT,
        OBSERVATION
    }

    /** @param since where the agent came into service: what was said under its name before is another chain */
    record Chain(AgentName agent, String target, long since) {}

    void insert(Tx tx, Kind kind, Said said);

    /** The last one of the target's chain, which began not before the ledger place {@code since}. */
    Optional<Said> last(Tx tx, Kind kind, Chain chain);

    /** All of a slot in ledger order, at most the newest {@code limit}. */
    List<Said> ofSlot(Tx tx, Kind kind, Slot slot, int limit);

    /** Every row, for the audit. */
    List<Said> all(Tx tx, Kind kind);

    /** Which release shall run. */
    Optional<DesiredRow> desired(Tx tx, Slot slot);

    void desire(Tx tx, DesiredRow row);

    /** The ledger index up to which releases were followed. */
    long followed(Tx tx);

    void follow(Tx tx, long nextIndex);
}
