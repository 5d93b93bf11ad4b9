package dev.waybill.server.deploy;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where agents and their targets are kept. */
interface AgentStore {
    /** An invitation replaces an earlier one of the same agent. */
    void invite(Tx tx, AgentName agent, List<Slot> slots);

    Optional<List<Slot>> invited(Tx tx, AgentName agent);

    /** Adds or replaces the agent, adds its targets, and forgets its invitation. */
    void enrol(Tx tx, AgentRow agent, Map<Slot, String> targets);

    /** By name. */
    List<AgentRow> agents(Tx tx);

    Optional<AgentRow> agent(Tx tx, AgentName name);

    /** All targets; of one slot when {@code slot} is given. */
    List<TargetRow> targets(Tx tx, @Nullable Slot slot);

    void heard(Tx tx, TargetRow target, SignedBody heartbeat, Instant at);

    /** Sets or, with null, ends the wish for a fresh observation; of one target when {@code target} is given. */
    void want(Tx tx, Slot slot, @Nullable String target, @Nullable Instant at);
}
