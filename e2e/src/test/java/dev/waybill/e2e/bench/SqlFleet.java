package dev.waybill.e2e.bench;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.PipelineApplied;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Writes what promoting and deploying many applications leaves behind, into the data directory of a server that does not
 * run: signed statements in the ledger and the rows that show them, many applications in a transaction. Promotions
 * themselves, manifests and blobs are left out: the board reads none of them.
 */
final class SqlFleet {
    private static final int AT_ONCE = 25;
    private static final Object PLACE = new Object();
    private static final ActorName BY = new ActorName("admin");

    private final SigningKey agent;
    private final List<String> environments;
    private final JsonNode pipeline;

    SqlFleet(SigningKey agent, List<String> environments, JsonNode pipeline) {
        this.agent = agent;
        this.environments = environments;
        this.pipeline = pipeline;
    }

    /** A statement with its row's SQL, if it has one, and values; {@link #PLACE} stands for the place in the ledger. */
    private record Row(Signed signed, String sql, List<Object> values) {}

    void write(Path data, List<ApplicationName> applications) throws SQLException {
        Path file = data.resolve("waybill.sqlite");
        try (Database database = SqliteDatabase.open(file);
                Ledger ledger = FileLedger.open(database, data, null, Clock.systemUTC());
                Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.setAutoCommit(false);
            for (int from = 0; from < applications.size(); from += AT_ONCE) {
                List<Row> rows = new ArrayList<>();
                applications
                        .subList(from, Math.min(from + AT_ONCE, applications.size()))
                        .forEach(a -> rows.addAll(application(ledger, a)));
                List<Long> places = database.write(tx ->
                        rows.stream().map(r -> ledger.append(tx, r.signed())).toList());
                for (int row = 0; row < rows.size(); row++) {
                    insert(connection, rows.get(row), places.get(row));
                }
                connection.commit();
            }
            passOver(connection, database.read(ledger::size));
            connection.commit();
        }
    }

    /** Nothing of this is news to the rooms that follow the ledger. */
    private static void passOver(Connection connection, long size) throws SQLException {
        for (String follower : List.of("promotion_follower", "deploy_follower", "referrer_follower")) {
            try (PreparedStatement statement = connection.prepareStatement(
                    "INSERT INTO " + follower
                            + " (id, next_index) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET next_index = excluded.next_index")) {
                statement.setLong(1, size);
                statement.executeUpdate();
            }
        }
    }

    private static void insert(Connection connection, Row row, long place) throws SQLException {
        if (row.sql().isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(row.sql())) {
            for (int i = 0; i < row.values().size(); i++) {
                Object value = row.values().get(i);
                statement.setObject(i + 1, PLACE.equals(value) ? (Object) place : value);
            }
            statement.executeUpdate();
        }
    }

    private List<Row> application(Ledger ledger, ApplicationName application) {
        List<Row> rows = new ArrayList<>();
        Digest artifact = Digest.sha256(application.value().getBytes(StandardCharsets.UTF_8));
        CommitId commit = new CommitId(artifact.hex().substring(0, 40));
        Instant now = Instant.now();
        PipelineApplied applied = new PipelineApplied(application, 1, null, pipeline, null, BY, now);
        Signed pipelined = sign(
                ledger.keys().record(),
                applied,
                Subject.of("application", Digest.sha256(("app " + application).getBytes(StandardCharsets.UTF_8))));
        rows.add(new Row(
                pipelined,
                "INSERT INTO pipeline (application, version, statement) VALUES (?, ?, ?)",
                List.of(application.value(), 1, pipelined.id().toString())));
        rows.add(registration(ledger, application, artifact, commit));
        for (String environment : environments) {
            rows.addAll(slot(ledger, Slot.parse(environment + "/" + application), artifact, commit));
        }
        return rows;
    }

    private static Row registration(Ledger ledger, ApplicationName application, Digest artifact, CommitId commit) {
        Registration says = new Registration(
                application,
                commit,
                "application/vnd.waybill.jar.v1",
                null,
                null,
                null,
                List.of(),
                "build",
                BY,
                Instant.now());
        Signed signed = sign(ledger.keys().ingest(), says, Subject.of("artifact", artifact));
        return new Row(
                signed,
                "INSERT INTO artifact (digest, application, commit_id, registration, statement, ledger_index)"
                        + " VALUES (?, ?, ?, ?, ?, ?)",
                List.of(
                        artifact.toString(),
                        application.value(),
                        commit.value(),
                        text(says),
                        signed.id().toString(),
                        PLACE));
    }

    /** Decided, released, deployed, observed. */
    private List<Row> slot(Ledger ledger, Slot slot, Digest artifact, CommitId commit) {
        Subject subject = Subject.of("artifact", artifact);
        Signed summary = sign(ledger.keys().verdict(), summary(ledger, slot), subject);
        ReleaseMade made = new ReleaseMade(
                slot,
                1,
                null,
                artifact,
                commit,
                0,
                null,
                ReleaseMade.Cause.PROMOTION,
                summary.id(),
                null,
                null,
                BY,
                Instant.now());
        Signed release = sign(ledger.keys().record(), made, subject);
        Signed deployed = sign(agent, Fleet.deployed(new ReleaseId(slot, 1)), subject);
        Signed seen = sign(agent, Fleet.seen(new ReleaseId(slot, 1), artifact), subject);
        String at = slot.toString();
        return List.of(
                new Row(summary, "", List.of()),
                new Row(
                        release,
                        "INSERT INTO slot_release (slot, number, artifact, statement, body, outcome)"
                                + " VALUES (?, 1, ?, ?, ?, 'succeeded')",
                        List.of(at, artifact.toString(), release.id().toString(), text(made))),
                said("deployment", at, deployed),
                said("observation", at, seen),
                new Row(
                        release,
                        "INSERT INTO desired (slot, number, statement) VALUES (?, 1, ?)",
                        List.of(at, release.id().toString())));
    }

    private static Row said(String table, String slot, Signed signed) {
        return new Row(
                signed,
                "INSERT INTO " + table + " (agent, target, number, slot, statement, idx) VALUES (?, ?, 1, ?, ?, ?)",
                List.of(Fleet.HOST.value(), slot, slot, signed.id().toString(), PLACE));
    }

    private static VerificationSummary summary(Ledger ledger, Slot slot) {
        return new VerificationSummary(
                new VerificationSummary.Verifier("https://waybill.dev/verifier/gates/v1", Map.of()),
                Instant.now(),
                VerificationSummary.resourceUri(ledger.keys().origin(), slot),
                new VerificationSummary.PolicyRef(
                        "waybill://" + ledger.keys().origin() + "/app/" + slot.application() + "/pipeline/1", Map.of()),
                List.of(),
                VerificationSummary.Result.PASSED,
                List.of("WAYBILL_GATES_PASSED"),
                "1.2",
                null,
                0L,
                List.of());
    }

    private static Signed sign(SigningKey key, Predicate says, Subject subject) {
        return key.sign(Statement.of(says, subject));
    }

    private static String text(Predicate says) {
        return new String(Json.write(says), StandardCharsets.UTF_8);
    }
}
