package dev.waybill.server.agent;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the targets of agents in service are kept, and when each was last heard of. */
public interface TargetStore {
    /** All targets; of one slot when {@code slot} is given. */
    List<TargetRow> targets(Tx tx, @Nullable Slot slot);

    /** Adds a target; one that is there already keeps what was heard of it. */
    void add(Tx tx, AgentName agent, String target, Slot slot);

    void remove(Tx tx, TargetRow target);

    /** Keeps the latest sign of life that {@code target} holds. */
    void heard(Tx tx, TargetRow target);

    /** Sets or, with null, ends the wish for a fresh observation; of one target when {@code target} is given. */
    void want(Tx tx, Slot slot, @Nullable String target, @Nullable Instant at);
}
