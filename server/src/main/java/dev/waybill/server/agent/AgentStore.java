package dev.waybill.server.agent;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Where agents in service are kept. */
interface AgentStore {
    /** An invitation replaces an earlier one of the same agent. */
    void invite(Tx tx, AgentName agent, List<Slot> slots);

    Optional<List<Slot>> invited(Tx tx, AgentName agent);

    /** Adds or replaces the agent and forgets its invitation. */
    void enrol(Tx tx, AgentRow agent);

    /** Takes the agent and an open invitation of it away. */
    void remove(Tx tx, AgentName agent);

    /** By name. */
    List<AgentRow> agents(Tx tx);

    Optional<AgentRow> agent(Tx tx, AgentName name);
}
