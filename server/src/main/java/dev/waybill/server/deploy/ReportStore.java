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

    void insert(Tx tx, Kind kind, Said said);

    /** The last one of the target's chain. */
    Optional<Said> last(Tx tx, Kind kind, AgentName agent, String target);

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
