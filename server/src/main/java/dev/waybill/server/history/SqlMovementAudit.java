package dev.waybill.server.history;

import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.History;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.ledger.RowAudit;
import dev.waybill.server.ledger.StatementRows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Compares the places where things moved, and what was last heard of each target, with what agents signed: who takes a place
 * away makes a gate forget what happened there.
 */
public final class SqlMovementAudit implements RowAudit {
    private final MovementStore store = new SqlMovementStore();
    private final Targets targets = new Targets();

    @Override
    public String room() {
        return "history";
    }

    @Override
    public List<Finding> check(Tx tx, Ledger ledger) {
        return Stream.concat(movements(tx, ledger).stream(), heard(tx, ledger).stream())
                .toList();
    }

    private List<Finding> movements(Tx tx, Ledger ledger) {
        Map<Long, Slot> moved = new HashMap<>();
        for (String type : List.of(PredicateTypes.DEPLOYMENT, PredicateTypes.OBSERVATION)) {
            ledger.each(
                    tx, type, entry -> Histories.slotMoved(entry).ifPresent(slot -> moved.put(entry.index(), slot)));
        }
        StatementRows rows = new StatementRows(tx, ledger, room(), "movement");
        Set<Long> shown = new HashSet<>();
        tx.handle()
                .createQuery("SELECT slot, idx FROM movement ORDER BY idx")
                .map((row, context) -> Map.entry(row.getLong("idx"), row.getString("slot")))
                .forEach(row -> {
                    Slot slot = moved.get(row.getKey());
                    if (slot == null) {
                        rows.add(row.getValue(), row.getKey(), "STATEMENT_MISSING", "Nothing moved at this entry.");
                    } else if (!slot.toString().equals(row.getValue())) {
                        rows.add(row.getValue(), row.getKey(), "ROW_DIFFERS", "The entry is about " + slot + ".");
                    } else {
                        shown.add(row.getKey());
                    }
                });
        long followed = store.next(tx);
        moved.forEach((index, slot) -> {
            if (index < followed && !shown.contains(index)) {
                rows.add(slot.toString(), index, "ROW_MISSING", "No row shows that something moved here.");
            }
        });
        return rows.findings();
    }

    /** How long a release soaked is counted from the observation that a heartbeat last confirmed. */
    private List<Finding> heard(Tx tx, Ledger ledger) {
        StatementRows rows = new StatementRows(tx, ledger, room(), "slot_target");
        for (History.Target target : targets.all(tx)) {
            History.Heard heard = target.heard();
            if (heard != null) {
                rows.row(target.slot() + " " + target, heard.observation(), entry -> isOf(entry, target));
            }
        }
        return rows.findings();
    }

    private static boolean isOf(Entry entry, History.Target target) {
        Observation says =
                Facts.fact(entry, PredicateTypes.OBSERVATION, Observation.class).says();
        return says.slot().equals(target.slot())
                && says.agent().equals(target.agent())
                && says.target().equals(target.target());
    }
}
