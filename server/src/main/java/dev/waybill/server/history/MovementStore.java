package dev.waybill.server.history;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.History;
import dev.waybill.server.db.Tx;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in the ledger things moved, what agents deploy to, and how far the follower has read. */
public interface MovementStore {
    /** Ledger places of deployments and observations of a slot, not before {@code from}, in order. */
    List<Long> places(Tx tx, Slot slot, long from);

    void add(Tx tx, Slot slot, long place);

    /** The first ledger place that was not followed yet. */
    long next(Tx tx);

    /** Moves on; false when somebody else has done so from there. */
    boolean moveOn(Tx tx, long from, long to);

    /** By slot, agent and name; of one slot when {@code slot} is given. */
    List<History.Target> targets(Tx tx, @Nullable Slot slot);

    void putTarget(Tx tx, Slot slot, AgentName agent, String target);

    void removeTarget(Tx tx, Slot slot, AgentName agent, String target);

    /** True if there is such a target. */
    boolean hear(Tx tx, History.Target heard);
}
