package dev.waybill.server.registry;

import dev.waybill.api.oci.Link;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.statement.PreparedBatch;

final class SqlManifestStore implements ManifestStore {
    private static final String COLUMNS =
            "digest, media_type, artifact_type, subject, size, annotations, pushed_at, pushed_by";

    @Override
    public void put(Tx tx, ApplicationName repository, Manifest manifest, List<Link> links) {
        Digest subject = manifest.subject();
        int added = tx.handle()
                .createUpdate("INSERT INTO manifest (repository, " + COLUMNS + ")"
                        + " VALUES (:repository, :digest, :mediaType, :artifactType, :subject, :size, :annotations,"
                        + " :at, :by) ON CONFLICT (repository, digest) DO NOTHING")
                .bind("repository", repository.value())
                .bind("digest", manifest.digest().toString())
                .bind("mediaType", manifest.mediaType())
                .bind("artifactType", manifest.artifactType())
                .bind("subject", subject == null ? null : subject.toString())
                .bind("size", manifest.size())
                .bind("annotations", new String(Json.write(manifest.annotations()), StandardCharsets.UTF_8))
                .bind("at", manifest.push().at().toEpochMilli())
                .bind("by", manifest.push().by().value())
                .execute();
        if (added == 0) {
            tx.handle()
                    .execute(
                            "UPDATE manifest SET pushed_at = ? WHERE repository = ? AND digest = ?",
                            manifest.push().at().toEpochMilli(),
                            repository.value(),
                            manifest.digest().toString());
        } else if (!links.isEmpty()) {
            putLinks(tx, repository, manifest.digest(), links);
        }
    }

    private static void putLinks(Tx tx, ApplicationName repository, Digest manifest, List<Link> links) {
        PreparedBatch batch = tx.handle()
                .prepareBatch("INSERT INTO manifest_ref"
                        + " (repository, manifest, place, kind, digest, size, media_type, title)"
                        + " VALUES (:repository, :manifest, :place, :kind, :digest, :size, :mediaType, :title)");
        int place = 0;
        for (Link link : links) {
            batch.bind("repository", repository.value())
                    .bind("manifest", manifest.toString())
                    .bind("place", place++)
                    .bind("kind", link.kind().label())
                    .bind("digest", link.digest().toString())
                    .bind("size", link.size())
                    .bind("mediaType", link.mediaType())
                    .bind("title", link.title())
                    .add();
        }
        batch.execute();
    }

    @Override
    public Optional<Manifest> find(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM manifest WHERE repository = :repository AND digest = :digest")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map((row, context) -> manifest(row))
                .findOne();
    }

    @Override
    public boolean delete(Tx tx, ApplicationName repository, Digest digest) {
        tx.handle()
                .createUpdate("DELETE FROM manifest_ref WHERE repository = :repository AND manifest = :digest")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .execute();
        return tx.handle()
                        .createUpdate("DELETE FROM manifest WHERE repository = :repository AND digest = :digest")
                        .bind("repository", repository.value())
                        .bind("digest", digest.toString())
                        .execute()
                > 0;
    }

    @Override
    public List<Link> links(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                .createQuery("SELECT kind, digest, size, media_type, title FROM manifest_ref"
                        + " WHERE repository = :repository AND manifest = :digest ORDER BY place")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map((row, context) -> new Link(
                        Link.Kind.of(row.getString("kind")),
                        Digest.parse(row.getString("digest")),
                        row.getLong("size"),
                        row.getString("media_type"),
                        row.getString("title")))
                .list();
    }

    @Override
    public List<Digest> parents(Tx tx, ApplicationName repository, Digest digest, int limit) {
        return tx.handle()
                .createQuery("SELECT DISTINCT manifest FROM manifest_ref"
                        + " WHERE repository = :repository AND digest = :digest LIMIT :limit")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("manifest")))
                .list();
    }

    @Override
    public long countParents(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                .createQuery("SELECT COUNT(DISTINCT manifest) FROM manifest_ref"
                        + " WHERE repository = :repository AND digest = :digest")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public long bytes(Tx tx, ApplicationName repository) {
        return tx.handle()
                .createQuery("SELECT (SELECT COALESCE(SUM(size), 0) FROM repo_blob WHERE repository = :repository)"
                        + " + (SELECT COALESCE(SUM(size), 0) FROM manifest WHERE repository = :repository)")
                .bind("repository", repository.value())
                .mapTo(Long.class)
                .one();
    }

    @Override
    public List<Manifest> list(Tx tx, Referrers.Ask ask, int limit) {
        Digest subject = ask.subject();
        String filter = (subject == null ? "" : " AND subject = :subject")
                + (ask.artifactType() == null ? "" : " AND artifact_type = :artifactType");
        var query = tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM manifest WHERE repository = :repository"
                        + " AND digest > :last" + filter + " ORDER BY digest LIMIT :limit")
                .bind("repository", ask.repository().value())
                .bind("last", ask.last() == null ? "" : ask.last())
                .bind("limit", limit);
        if (subject != null) {
            query.bind("subject", subject.toString());
        }
        if (ask.artifactType() != null) {
            query.bind("artifactType", ask.artifactType());
        }
        return query.map((row, context) -> manifest(row)).list();
    }

    /** Where a manifest stands, in the order of the audit. */
    record Place(String repository, String digest) {
        static final Place START = new Place("", "");
    }

    /** After this one, in order. */
    List<Place> places(Tx tx, Place after, int limit) {
        return tx.handle()
                .createQuery(
                        "SELECT repository, digest FROM manifest WHERE repository > :repository"
                                + " OR (repository = :repository AND digest > :digest) ORDER BY repository, digest LIMIT :limit")
                .bind("repository", after.repository())
                .bind("digest", after.digest())
                .bind("limit", limit)
                .map((row, context) -> new Place(row.getString("repository"), row.getString("digest")))
                .list();
    }

    /** How many references belong to no manifest. */
    long strays(Tx tx) {
        return tx.handle()
                .createQuery("SELECT COUNT(*) FROM manifest_ref r WHERE NOT EXISTS (SELECT 1 FROM manifest m"
                        + " WHERE m.repository = r.repository AND m.digest = r.manifest)")
                .mapTo(Long.class)
                .one();
    }

    private static Manifest manifest(ResultSet row) throws SQLException {
        String subject = row.getString("subject");
        Map<String, String> annotations = new TreeMap<>();
        Json.parseObject(row.getString("annotations").getBytes(StandardCharsets.UTF_8))
                .properties()
                .forEach(e -> annotations.put(e.getKey(), e.getValue().asString()));
        return new Manifest(
                Digest.parse(row.getString("digest")),
                row.getString("media_type"),
                row.getString("artifact_type"),
                subject == null ? null : Digest.parse(subject),
                row.getLong("size"),
                annotations,
                new Manifest.Push(
                        new ActorName(row.getString("pushed_by")), Instant.ofEpochMilli(row.getLong("pushed_at"))));
    }
}
