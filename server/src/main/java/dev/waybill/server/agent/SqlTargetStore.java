package dev.waybill.server.agent;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets in SQL. */
public final class SqlTargetStore implements TargetStore {
    private static final String TARGETS =
            "SELECT agent, target, slot, heartbeat, heard_at, every_seconds, contradicts, wanted_at FROM agent_target";

    @Override
    public List<TargetRow> targets(Tx tx, @Nullable Slot slot) {
        String where = slot == null ? "" : " WHERE slot = :slot";
        var query = tx.handle().createQuery(TARGETS + where + " ORDER BY agent, target");
        if (slot != null) {
            query.bind("slot", slot.toString());
        }
        return query.map((row, context) -> target(row)).list();
    }

    @Override
    public void add(Tx tx, AgentName agent, String target, Slot slot) {
        tx.handle()
                .execute(
                        "INSERT INTO agent_target (agent, target, slot) VALUES (?, ?, ?)"
                                + " ON CONFLICT (agent, target) DO UPDATE SET slot = excluded.slot",
                        agent.value(),
                        target,
                        slot.toString());
    }

    @Override
    public void remove(Tx tx, TargetRow target) {
        tx.handle()
                .execute(
                        "DELETE FROM agent_target WHERE agent = ? AND target = ?",
                        target.agent().value(),
                        target.target());
    }

    @Override
    public void heard(Tx tx, TargetRow target) {
        tx.handle()
                .createUpdate(
                        "UPDATE agent_target SET heartbeat = :heartbeat, heard_at = :at,"
                                + " every_seconds = :every, contradicts = :contradicts WHERE agent = :agent AND target = :target")
                .bind("heartbeat", target.heartbeat() == null ? null : Json.write(target.heartbeat()))
                .bind(
                        "at",
                        target.heardAt() == null
                                ? null
                                : Long.valueOf(target.heardAt().toEpochMilli()))
                .bind("every", target.every().toSeconds())
                .bind("contradicts", target.contradicts())
                .bind("agent", target.agent().value())
                .bind("target", target.target())
                .execute();
    }

    @Override
    public void want(Tx tx, Slot slot, @Nullable String target, @Nullable Instant at) {
        tx.handle()
                .createUpdate("UPDATE agent_target SET wanted_at = :at WHERE slot = :slot"
                        + (target == null ? "" : " AND target = :target"))
                .bind("at", at == null ? null : Long.valueOf(at.toEpochMilli()))
                .bind("slot", slot.toString())
                .bind("target", target)
                .execute();
    }

    private static TargetRow target(ResultSet row) throws SQLException {
        byte[] heartbeat = row.getBytes("heartbeat");
        return new TargetRow(
                new AgentName(row.getString("agent")),
                row.getString("target"),
                Slot.parse(row.getString("slot")),
                heartbeat == null ? null : Json.read(heartbeat, SignedBody.class),
                instant(row, "heard_at"),
                Duration.ofSeconds(row.getLong("every_seconds")),
                row.getBoolean("contradicts"),
                instant(row, "wanted_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }
}
