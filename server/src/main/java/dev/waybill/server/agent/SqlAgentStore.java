package dev.waybill.server.agent;

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
import java.util.Optional;

/** Agents in SQL. */
final class SqlAgentStore implements AgentStore {
    private static final String SELECT = "SELECT name, public_key, slots, statement, enrolled_at, since FROM agent";

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
    public void enrol(Tx tx, AgentRow agent) {
        tx.handle()
                .execute(
                        "INSERT INTO agent (name, public_key, slots, statement, enrolled_at, since)"
                                + " VALUES (?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (name) DO UPDATE SET public_key = excluded.public_key,"
                                + " slots = excluded.slots, statement = excluded.statement,"
                                + " enrolled_at = excluded.enrolled_at, since = excluded.since",
                        agent.name().value(),
                        agent.publicKey(),
                        text(agent.slots()),
                        agent.statement().toString(),
                        agent.enrolledAt().toEpochMilli(),
                        agent.since());
        uninvite(tx, agent.name());
    }

    @Override
    public void remove(Tx tx, AgentName agent) {
        tx.handle().execute("DELETE FROM agent WHERE name = ?", agent.value());
        uninvite(tx, agent);
    }

    private static void uninvite(Tx tx, AgentName agent) {
        tx.handle().execute("DELETE FROM agent_invitation WHERE agent = ?", agent.value());
    }

    @Override
    public List<AgentRow> agents(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + " ORDER BY name")
                .map((row, context) -> agent(row))
                .list();
    }

    @Override
    public Optional<AgentRow> agent(Tx tx, AgentName name) {
        return tx.handle()
                .createQuery(SELECT + " WHERE name = :name")
                .bind("name", name.value())
                .map((row, context) -> agent(row))
                .findOne();
    }

    private static AgentRow agent(ResultSet row) throws SQLException {
        return new AgentRow(
                new AgentName(row.getString("name")),
                row.getString("public_key"),
                slots(row.getString("slots")),
                Digest.parse(row.getString("statement")),
                Instant.ofEpochMilli(row.getLong("enrolled_at")),
                row.getLong("since"));
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
