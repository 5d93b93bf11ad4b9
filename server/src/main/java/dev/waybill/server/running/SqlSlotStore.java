package dev.waybill.server.running;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.pipeline.Pipeline;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.PipelineApplied;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Statement;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** The rows of the rooms below, joined with the statements that they show. Reads only. */
final class SqlSlotStore implements SlotStore {
    private static final String TARGETS =
            "SELECT t.agent, t.target, t.slot, t.heard_at, t.every_seconds, o.statement AS seen,"
                    + " os.payload AS observation, oe.at AS seen_at, d.statement AS deployed, ds.payload AS deployment,"
                    + " CASE WHEN t.contradicts THEN t.heartbeat END AS unlogged"
                    + " FROM agent_target t JOIN agent a ON a.name = t.agent"
                    + " LEFT JOIN observation o ON o.idx = (SELECT MAX(x.idx) FROM observation x"
                    + " WHERE x.agent = t.agent AND x.target = t.target AND x.idx >= a.since)"
                    + " LEFT JOIN ledger_statement os ON os.sha256 = substr(o.statement, 8)"
                    + " LEFT JOIN ledger_entry oe ON oe.idx = o.idx"
                    + " LEFT JOIN deployment d ON d.idx = (SELECT MAX(x.idx) FROM deployment x"
                    + " WHERE x.agent = t.agent AND x.target = t.target AND x.idx >= a.since)"
                    + " LEFT JOIN ledger_statement ds ON ds.sha256 = substr(d.statement, 8)"
                    + " WHERE t.slot IN (<slots>) ORDER BY t.slot, t.agent, t.target";
    private static final String NEWEST =
            "SELECT a.slot, a.statement, a.body, a.outcome, c.statement AS c_statement, c.body AS c_body,"
                    + " c.outcome AS c_outcome FROM slot_release a LEFT JOIN desired d ON d.slot = a.slot"
                    + " LEFT JOIN slot_release c ON c.slot = d.slot AND c.number = d.number"
                    + " WHERE a.slot IN (<slots>) AND a.number ="
                    + " (SELECT MAX(x.number) FROM slot_release x WHERE x.slot = a.slot)";

    private final Readings readings = new Readings();

    @Override
    public List<ApplicationName> applications(Tx tx) {
        return tx.handle()
                .createQuery("SELECT application FROM pipeline UNION SELECT application FROM artifact ORDER BY 1")
                .map((row, context) -> new ApplicationName(row.getString(1)))
                .list();
    }

    @Override
    public Map<ApplicationName, Pipeline> pipelines(Tx tx, Collection<ApplicationName> applications) {
        Map<ApplicationName, Pipeline> all = new HashMap<>();
        List<String> names = applications.stream().map(ApplicationName::value).toList();
        in(
                        tx,
                        "applications",
                        names,
                        "SELECT p.application, p.statement, s.payload FROM pipeline p JOIN ledger_statement s"
                                + " ON s.sha256 = substr(p.statement, 8) WHERE p.application IN (<applications>) AND p.version ="
                                + " (SELECT MAX(x.version) FROM pipeline x WHERE x.application = p.application)")
                .map((row, context) -> Map.entry(new ApplicationName(row.getString("application")), pipeline(row)))
                .forEach(found -> all.put(found.getKey(), found.getValue()));
        return all;
    }

    private Pipeline pipeline(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("payload");
        return readings.of(
                Digest.parse(row.getString("statement")),
                Pipeline.class,
                d -> Pipeline.parse(Json.bindOpen(Statement.parse(payload).predicate(), PipelineApplied.class)
                        .pipeline()));
    }

    @Override
    public List<Slot> slots(Tx tx, Collection<ApplicationName> applications) {
        Set<String> names = applications.stream().map(ApplicationName::value).collect(Collectors.toSet());
        return tx
                .handle()
                .createQuery("SELECT slot FROM slot_release UNION SELECT slot FROM agent_target ORDER BY 1")
                .mapTo(String.class)
                .list()
                .stream()
                .filter(slot -> names.contains(slot.substring(slot.indexOf('/') + 1)))
                .map(Slot::parse)
                .toList();
    }

    @Override
    public Map<Slot, Newest> newest(Tx tx, Collection<Slot> slots) {
        Map<Slot, Newest> all = new HashMap<>();
        in(tx, "slots", text(slots), NEWEST)
                .map((row, context) ->
                        new Newest(made(row, ""), row.getString("c_statement") == null ? null : made(row, "c_")))
                .forEach(newest -> all.put(newest.approved().says().slot(), newest));
        return all;
    }

    @Override
    public List<Target> targets(Tx tx, Collection<Slot> slots) {
        return in(tx, "slots", text(slots), TARGETS)
                .map((row, context) -> target(row))
                .list();
    }

    @Override
    public Map<Digest, Slots.Named> named(Tx tx, Collection<Digest> artifacts) {
        Map<Digest, Slots.Named> all = new HashMap<>();
        List<String> digests = artifacts.stream().map(Digest::toString).toList();
        in(
                        tx,
                        "digests",
                        digests,
                        "SELECT a.digest, a.commit_id, t.name FROM artifact a"
                                + " LEFT JOIN tag t ON t.repository = a.application AND t.digest = a.digest"
                                + " WHERE a.digest IN (<digests>) ORDER BY t.moved_at, t.name")
                .map((row, context) -> {
                    Slots.Named named = all.computeIfAbsent(
                            Digest.parse(text(row, "digest")),
                            d -> new Slots.Named(new CommitId(text(row, "commit_id")), new ArrayList<>()));
                    String tag = row.getString("name");
                    // A commit's own tag and fallback tags are names for machines.
                    if (tag != null && !tag.matches("[0-9a-f]{40}|[0-9a-f]{64}|sha(256|512)-.*")) {
                        named.versions().add(new Version(tag));
                    }
                    return named;
                })
                .list();
        return all;
    }

    @Override
    public List<Promotion> waiting(Tx tx, Collection<Slot> slots) {
        return in(
                        tx,
                        "slots",
                        text(slots),
                        "SELECT body FROM promotion WHERE slot IN (<slots>)"
                                + " AND state = 'awaiting-decision' ORDER BY place")
                .map((row, context) -> Json.read(text(row, "body").getBytes(StandardCharsets.UTF_8), Promotion.class))
                .list();
    }

    @Override
    public List<Deployment> deployments(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery("SELECT d.statement, s.payload FROM deployment d JOIN ledger_statement s"
                        + " ON s.sha256 = substr(d.statement, 8) WHERE d.slot = :slot ORDER BY d.idx")
                .bind("slot", slot.toString())
                .map((row, context) -> said(row, "statement", "payload", Deployment.class))
                .list();
    }

    /** A list that is empty matches nothing. */
    private static Query in(Tx tx, String name, List<String> values, String sql) {
        return tx.handle().createQuery(sql).bindList(name, values.isEmpty() ? List.of("") : values);
    }

    private static List<String> text(Collection<Slot> slots) {
        return slots.stream().map(Slot::toString).toList();
    }

    private Made made(ResultSet row, String prefix) throws SQLException {
        return new Made(
                Digest.parse(row.getString(prefix + "statement")),
                readings.of(
                        row.getString(prefix + "body"),
                        ReleaseMade.class,
                        body -> Json.readOpen(body.getBytes(StandardCharsets.UTF_8), ReleaseMade.class)),
                row.getString(prefix + "outcome"));
    }

    private Target target(ResultSet row) throws SQLException {
        String seen = row.getString("seen");
        boolean deployed = row.getString("deployed") != null;
        return new Target(
                new AgentName(row.getString("agent")),
                row.getString("target"),
                Slot.parse(row.getString("slot")),
                instant(row, "heard_at"),
                seen == null ? null : said(row, "seen", "observation", Observation.class),
                seen == null ? null : Digest.parse(seen),
                instant(row, "seen_at"),
                deployed ? said(row, "deployed", "deployment", Deployment.class) : null,
                Duration.ofSeconds(row.getLong("every_seconds")),
                unlogged(row.getBytes("unlogged")));
    }

    /** Few at a time, and another one with every heartbeat, so that none of them is remembered. */
    private static @Nullable Observation unlogged(byte @Nullable [] heartbeat) {
        if (heartbeat == null) {
            return null;
        }
        byte[] payload = Base64.getDecoder()
                .decode(Json.read(heartbeat, SignedBody.class).payload());
        return Json.bindOpen(Statement.parse(payload).predicate(), Observation.class);
    }

    /** A statement by its id and payload. */
    private <T extends Predicate> T said(ResultSet row, String id, String payload, Class<T> type) throws SQLException {
        byte[] bytes = row.getBytes(payload);
        return readings.of(
                Digest.parse(row.getString(id)),
                type,
                d -> Json.bindOpen(Statement.parse(bytes).predicate(), type));
    }

    /** For lambdas that may throw nothing checked. */
    private static String text(ResultSet row, String column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
