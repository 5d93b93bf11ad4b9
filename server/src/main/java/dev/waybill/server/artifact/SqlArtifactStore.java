package dev.waybill.server.artifact;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Registration;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Artifacts in SQL; the registration is one JSON column beside its keys, because it is always read whole. */
final class SqlArtifactStore implements ArtifactStore {
    private static final String SELECT =
            "SELECT a.digest, a.registration, a.statement, a.ledger_index FROM artifact a ";

    @Override
    public boolean insert(Tx tx, Artifact artifact, List<Part> parts) {
        int added = tx.handle()
                .createUpdate(
                        "INSERT INTO artifact (digest, application, commit_id, registration, statement, ledger_index)"
                                + " VALUES (:digest, :application, :commit, :registration, :statement, :index)"
                                + " ON CONFLICT DO NOTHING")
                .bind("digest", artifact.digest().toString())
                .bind("application", artifact.application().value())
                .bind("commit", artifact.commit().value())
                .bind("registration", new String(Json.write(artifact.registration()), StandardCharsets.UTF_8))
                .bind("statement", artifact.statement().toString())
                .bind("index", artifact.index())
                .execute();
        if (added == 0) {
            return false;
        }
        for (Part part : parts) {
            tx.handle()
                    .execute(
                            "INSERT INTO artifact_part (artifact, part, role, title) VALUES (?, ?, ?, ?)"
                                    + " ON CONFLICT DO NOTHING",
                            artifact.digest().toString(),
                            part.digest().toString(),
                            part.role().label(),
                            part.title());
        }
        return true;
    }

    @Override
    public Optional<Artifact> byDigest(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery(SELECT + "WHERE a.digest = :digest")
                .bind("digest", digest.toString())
                .map((row, context) -> artifact(row))
                .findOne();
    }

    @Override
    public List<Artifact> byCommitPrefix(Tx tx, ApplicationName application, String prefix, int limit) {
        // Hex digits sort below 'g' by bytes, so this range is exactly the prefix and uses the key's index.
        return tx.handle()
                .createQuery(SELECT + "WHERE a.application = :application AND a.commit_id >= :from"
                        + " AND a.commit_id < :to ORDER BY a.ledger_index LIMIT :limit")
                .bind("application", application.value())
                .bind("from", prefix)
                .bind("to", prefix + "g")
                .bind("limit", limit)
                .map((row, context) -> artifact(row))
                .list();
    }

    @Override
    public Optional<Artifact> byCommit(Tx tx, ApplicationName application, CommitId commit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE a.application = :application AND a.commit_id = :commit")
                .bind("application", application.value())
                .bind("commit", commit.value())
                .map((row, context) -> artifact(row))
                .findOne();
    }

    @Override
    public List<Artifact> newest(Tx tx, ApplicationName application, long before, int limit) {
        return tx.handle()
                .createQuery(SELECT + "WHERE a.application = :application AND a.ledger_index < :before"
                        + " ORDER BY a.ledger_index DESC LIMIT :limit")
                .bind("application", application.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> artifact(row))
                .list();
    }

    @Override
    public List<Count> applications(Tx tx) {
        return tx.handle()
                .createQuery("SELECT application, COUNT(*) AS artifacts FROM artifact"
                        + " GROUP BY application ORDER BY application")
                .map((row, context) ->
                        new Count(new ApplicationName(row.getString("application")), row.getLong("artifacts")))
                .list();
    }

    @Override
    public List<Artifact> withPart(Tx tx, Digest part, int limit) {
        return tx.handle()
                .createQuery(SELECT + "JOIN artifact_part p ON p.artifact = a.digest WHERE p.part = :part"
                        + " ORDER BY a.ledger_index LIMIT :limit")
                .bind("part", part.toString())
                .bind("limit", limit)
                .map((row, context) -> artifact(row))
                .list();
    }

    @Override
    public List<Part> parts(Tx tx, Digest artifact) {
        return tx.handle()
                .createQuery("SELECT part, role, title FROM artifact_part WHERE artifact = :artifact ORDER BY part")
                .bind("artifact", artifact.toString())
                .map((row, context) -> new Part(
                        Digest.parse(row.getString("part")),
                        Part.Role.parse(row.getString("role")),
                        row.getString("title")))
                .list();
    }

    private static Artifact artifact(ResultSet row) throws SQLException {
        return new Artifact(
                Digest.parse(row.getString("digest")),
                Json.readOpen(row.getString("registration").getBytes(StandardCharsets.UTF_8), Registration.class),
                Digest.parse(row.getString("statement")),
                row.getLong("ledger_index"));
    }
}
