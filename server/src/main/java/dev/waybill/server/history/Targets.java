package dev.waybill.server.history;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.History;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.KnownKey;
import java.util.ArrayList;
import java.util.List;

/** What agents deploy to. The room of deployments writes it; gates read it. */
public final class Targets {
    private final MovementStore store = new SqlMovementStore();

    /** An agent deploys to this target from now on; again is the same. */
    public void add(Tx tx, Slot slot, AgentName agent, String target) {
        store.putTarget(tx, slot, agent, target);
    }

    public void remove(Tx tx, Slot slot, AgentName agent, String target) {
        store.removeTarget(tx, slot, agent, target);
    }

    /** A signed heartbeat said until when a logged observation still held. False when nobody knows the target. */
    public boolean heard(Tx tx, History.Target heard) {
        return store.hear(tx, heard);
    }

    /** Every target of every slot. */
    public List<History.Target> all(Tx tx) {
        return store.targets(tx, null);
    }

    /** The targets of a slot, by agent and name. */
    public List<History.Target> of(Tx tx, Slot slot) {
        return store.targets(tx, slot);
    }

    /**
     * As {@link #of}; an agent whose key may speak for the slot but whose targets nobody knows stands in with one that
     * never reports, so that a lost row keeps a gate closed. Each counts from where its agent's key came into service.
     */
    List<History.Target> of(Tx tx, Slot slot, List<KnownKey> keys) {
        List<History.Target> targets = new ArrayList<>();
        of(tx, slot).forEach(t -> targets.add(t.since(since(keys, t.agent()))));
        keys.stream()
                .filter(k ->
                        k.inService() && k.role() == KeyRole.AGENT && k.slots().contains(slot))
                .map(k -> new AgentName(k.holder().substring("agent/".length())))
                .distinct()
                .filter(agent -> targets.stream().noneMatch(t -> t.agent().equals(agent)))
                .toList()
                .forEach(agent -> targets.add(new History.Target(slot, agent, "unknown", null, 0)));
        return targets;
    }

    /**
     * From which place of the ledger on a report in this agent's name is about the host that has the name now: a name is
     * given again after a retirement. 0 for an agent that has no key in service.
     */
    static long since(List<KnownKey> keys, AgentName agent) {
        List<KnownKey> own = keys.stream()
                .filter(k -> k.role() == KeyRole.AGENT && k.holder().equals("agent/" + agent))
                .toList();
        return own.stream()
                .filter(k -> own.stream()
                        .anyMatch(o -> o.inService() && o.publicKey().equals(k.publicKey())))
                .mapToLong(KnownKey::from)
                .min()
                .orElse(0);
    }
}
