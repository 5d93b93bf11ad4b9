package dev.waybill.server.deploy;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Agents in SQL. */
final class SqlAgentStore implements AgentStore {
    private static final String TARGETS =
            "SELECT agent, target, slot, heartbeat, heard_at, wanted_at FROM agent_target";

    @Override
    public void invite(Tx tx, AgentName agent, List<Slot> slots) {
        tx.handle()
                .execute(
                        "INSERT INTO agent_invitation (agent, slots) VALUES (?, ?)"
                                + " ON CONFLICT (agent) DO UPDATE SET slots = excluded.slots",
                        agent.value(),
                        text(slots));
    }

    @Override
    public Optional<List<Slot>> invited(Tx tx, AgentName agent) {
        return tx.handle()
                .createQuery("SELECT slots FROM agent_invitation WHERE agent = :agent")
                .bind("agent", agent.value())
                .map((row, context) -> slots(row.getString("slots")))
                .findOne();
    }

    @Override
    public void enrol(Tx tx, AgentRow agent, Map<Slot, String> targets) {
        tx.handle()
                .execute(
                        "INSERT INTO agent (name, public_key, slots, statement, enrolled_at) VALUES (?, ?, ?, ?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET public_key = excluded.public_key,"
                                + " slots = excluded.slots, statement = excluded.statement,"
                                + " enrolled_at = excluded.enrolled_at",
                        agent.name().value(),
                        agent.publicKey(),
                        text(agent.slots()),
                        agent.statement().toString(),
                        agent.enrolledAt().toEpochMilli());
        targets.forEach((slot, target) -> tx.handle()
                .execute(
                        "INSERT INTO agent_target (agent, target, slot) VALUES (?, ?, ?)"
                                + " ON CONFLICT (agent, target) DO UPDATE SET slot = excluded.slot",
                        agent.name().value(),
                        target,
                        slot.toString()));
        tx.handle()
                .execute(
                        "DELETE FROM agent_invitation WHERE agent = ?",
                        agent.name().value());
    }

    @Override
    public List<AgentRow> agents(Tx tx) {
        return tx.handle()
                .createQuery("SELECT name, public_key, slots, statement, enrolled_at FROM agent ORDER BY name")
                .map((row, context) -> agent(row))
                .list();
    }

    @Override
    public Optional<AgentRow> agent(Tx tx, AgentName name) {
        return tx.handle()
                .createQuery("SELECT name, public_key, slots, statement, enrolled_at FROM agent WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> agent(row))
                .findOne();
    }

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
    public void heard(Tx tx, TargetRow target, SignedBody heartbeat, Instant at) {
        tx.handle()
                .execute(
                        "UPDATE agent_target SET heartbeat = ?, heard_at = ? WHERE agent = ? AND target = ?",
                        Json.write(heartbeat),
                        at.toEpochMilli(),
                        target.agent().value(),
                        target.target());
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

    private static AgentRow agent(ResultSet row) throws SQLException {
        return new AgentRow(
                new AgentName(row.getString("name")),
                row.getString("public_key"),
                slots(row.getString("slots")),
                Digest.parse(row.getString("statement")),
                Instant.ofEpochMilli(row.getLong("enrolled_at")));
    }

    private static TargetRow target(ResultSet row) throws SQLException {
        byte[] heartbeat = row.getBytes("heartbeat");
        return new TargetRow(
                new AgentName(row.getString("agent")),
                row.getString("target"),
                Slot.parse(row.getString("slot")),
                heartbeat == null ? null : Json.read(heartbeat, SignedBody.class),
                instant(row, "heard_at"),
                instant(row, "wanted_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static String text(List<Slot> slots) {
        return new String(Json.write(slots), StandardCharsets.UTF_8);
    }

    private static List<Slot> slots(String json) {
        List<Slot> slots = new ArrayList<>();
        Json.parse(json.getBytes(StandardCharsets.UTF_8)).forEach(n -> slots.add(Slot.parse(n.asString())));
        return slots;
    }
}
