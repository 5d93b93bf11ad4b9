package dev.waybill.server.agent;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Targets;
import java.util.List;
import java.util.Map;

/** Which targets an agent has: here, where reports are taken, and where gates read that a release must reach all of them. */
final class OwnTargets {
    private final TargetStore store = new SqlTargetStore();
    private final Targets gated = new Targets();

    /** These and no others from now on; one that stays keeps what was heard of it. */
    void replace(Tx tx, AgentName agent, Map<Slot, String> targets) {
        for (TargetRow row : of(tx, agent)) {
            if (!row.target().equals(targets.get(row.slot()))) {
                remove(tx, row);
            }
        }
        targets.forEach((slot, target) -> {
            store.add(tx, agent, target, slot);
            gated.add(tx, slot, agent, target);
        });
    }

    /** None from now on: no release waits for them. */
    void removeAll(Tx tx, AgentName agent) {
        of(tx, agent).forEach(row -> remove(tx, row));
    }

    private List<TargetRow> of(Tx tx, AgentName agent) {
        return store.targets(tx, null).stream()
                .filter(row -> row.agent().equals(agent))
                .toList();
    }

    private void remove(Tx tx, TargetRow row) {
        store.remove(tx, row);
        gated.remove(tx, row.slot(), row.agent(), row.target());
    }
}
