package dev.waybill.server.history;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.History;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Movements, targets and the follower's place in SQL. */
public final class SqlMovementStore implements MovementStore {
    @Override
    public List<Long> places(Tx tx, Slot slot, long from) {
        return tx.handle()
                .createQuery("SELECT idx FROM movement WHERE slot = :slot AND idx >= :from ORDER BY idx")
                .bind("slot", slot.toString())
                .bind("from", from)
                .mapTo(Long.class)
                .list();
    }

    @Override
    public void add(Tx tx, Slot slot, long place) {
        tx.handle()
                .execute(
                        "INSERT INTO movement (slot, idx) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        slot.toString(),
                        place);
    }

    @Override
    public long next(Tx tx) {
        return tx.handle()
                .createQuery("SELECT next_index FROM promotion_follower WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public boolean moveOn(Tx tx, long from, long to) {
        return tx.handle()
                        .execute(
                                "UPDATE promotion_follower SET next_index = ? WHERE id = 1 AND next_index = ?",
                                to,
                                from)
                == 1;
    }

    @Override
    public List<History.Target> targets(Tx tx, @Nullable Slot slot) {
        String where = slot == null ? "" : " WHERE slot = :slot";
        var query = tx.handle()
                .createQuery("SELECT slot, agent, target, heard_observation, heard_until FROM slot_target" + where
                        + " ORDER BY slot, agent, target");
        if (slot != null) {
            query.bind("slot", slot.toString());
        }
        return query.map((row, context) -> target(row)).list();
    }

    @Override
    public void putTarget(Tx tx, Slot slot, AgentName agent, String target) {
        tx.handle()
                .execute(
                        "INSERT INTO slot_target (slot, agent, target) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        slot.toString(),
                        agent.value(),
                        target);
    }

    @Override
    public void removeTarget(Tx tx, Slot slot, AgentName agent, String target) {
        tx.handle()
                .execute(
                        "DELETE FROM slot_target WHERE slot = ? AND agent = ? AND target = ?",
                        slot.toString(),
                        agent.value(),
                        target);
    }

    @Override
    public boolean hear(Tx tx, History.Target heard) {
        History.Heard last = heard.heard();
        return last != null
                && tx.handle()
                                .execute(
                                        "UPDATE slot_target SET heard_observation = ?, heard_until = ?"
                                                + " WHERE slot = ? AND agent = ? AND target = ?",
                                        last.observation().toString(),
                                        last.until().toEpochMilli(),
                                        heard.slot().toString(),
                                        heard.agent().value(),
                                        heard.target())
                        == 1;
    }

    private static History.Target target(ResultSet row) throws SQLException {
        String observation = row.getString("heard_observation");
        return new History.Target(
                Slot.parse(row.getString("slot")),
                new AgentName(row.getString("agent")),
                row.getString("target"),
                observation == null
                        ? null
                        : new History.Heard(
                                Digest.parse(observation), Instant.ofEpochMilli(row.getLong("heard_until"))),
                0);
    }
}
