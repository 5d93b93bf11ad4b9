package dev.waybill.server.garbage;

import dev.waybill.api.registry.StorageView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Tombstones;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jdbi.v3.core.statement.EmptyHandling;
import org.jdbi.v3.core.statement.Query;

final class SqlGarbageStore implements GarbageStore {
    private static final Duration MONTH = Duration.ofDays(30);

    /** Everything that is linked, each digest once in each repository. */
    private static final String LINKED =
            "(SELECT repository, digest, size, pushed_at AS since, 1 AS manifest FROM manifest"
                    + " UNION ALL SELECT b.repository, b.digest, b.size, b.linked_at, 0 FROM repo_blob b WHERE NOT EXISTS"
                    + " (SELECT 1 FROM manifest m WHERE m.repository = b.repository AND m.digest = b.digest))";

    @Override
    public List<Held> oldManifests(Tx tx, Instant before, Place after, int limit) {
        return held(
                tx,
                "SELECT repository, digest, size FROM manifest WHERE pushed_at < :before",
                "",
                new Page(before, after, limit));
    }

    @Override
    public List<Held> loose(Tx tx, Instant before, Place after, int limit) {
        return held(
                tx,
                "SELECT b.repository, b.digest, b.size FROM repo_blob b WHERE b.linked_at < :before AND NOT EXISTS"
                        + " (SELECT 1 FROM manifest_ref r WHERE r.repository = b.repository AND r.digest = b.digest)",
                "b.",
                new Page(before, after, limit));
    }

    private record Page(Instant before, Place after, int limit) {}

    private static List<Held> held(Tx tx, String select, String alias, Page page) {
        return tx.handle()
                .createQuery(select + " AND (" + alias + "repository, " + alias
                        + "digest) > (:repository, :digest) ORDER BY " + alias + "repository, " + alias
                        + "digest LIMIT :limit")
                .bind("before", page.before().toEpochMilli())
                .bind("repository", page.after().repository())
                .bind("digest", page.after().digest())
                .bind("limit", page.limit())
                .map((row, context) -> new Held(
                        new ApplicationName(row.getString("repository")),
                        Digest.parse(row.getString("digest")),
                        row.getLong("size")))
                .list();
    }

    @Override
    public boolean isLoose(Tx tx, Held held, Instant before) {
        return tx.handle()
                .createQuery("SELECT 1 FROM repo_blob b WHERE b.repository = :repository AND b.digest = :digest"
                        + " AND b.linked_at < :before AND NOT EXISTS (SELECT 1 FROM manifest_ref r"
                        + " WHERE r.repository = b.repository AND r.digest = b.digest)")
                .bind("repository", held.repository().value())
                .bind("digest", held.digest().toString())
                .bind("before", before.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public boolean isOver(Tx tx, Held held, Instant before) {
        return tx.handle()
                .createQuery("SELECT 1 FROM repo_blob WHERE repository = :repository AND digest = :digest"
                        + " AND linked_at < :before")
                .bind("repository", held.repository().value())
                .bind("digest", held.digest().toString())
                .bind("before", before.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public boolean isReferenced(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT 1 FROM repo_blob WHERE digest = :digest"
                        + " UNION ALL SELECT 1 FROM manifest WHERE digest = :digest LIMIT 1")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public Breaker.Amount all(Tx tx) {
        return tx.handle()
                .createQuery(
                        "SELECT (SELECT COUNT(*) FROM manifest) AS manifests, (SELECT COUNT(*) FROM repo_blob) AS blobs,"
                                + " (SELECT COALESCE(SUM(size), 0) FROM manifest) + (SELECT COALESCE(SUM(size), 0) FROM repo_blob)"
                                + " AS bytes")
                .map((row, context) ->
                        new Breaker.Amount(row.getLong("manifests"), row.getLong("blobs"), row.getLong("bytes")))
                .one();
    }

    @Override
    public List<StoredAs> places(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT repository, 'manifest' AS kind, size, pushed_at AS since FROM manifest"
                        + " WHERE digest = :digest UNION ALL SELECT repository, 'blob', size, linked_at FROM repo_blob"
                        + " WHERE digest = :digest ORDER BY repository, kind DESC")
                .bind("digest", digest.toString())
                .map((row, context) -> new StoredAs(
                        new ApplicationName(row.getString("repository")),
                        Tombstones.Kind.of(row.getString("kind")),
                        row.getLong("size"),
                        Instant.ofEpochMilli(row.getLong("since"))))
                .list();
    }

    @Override
    public StorageView storage(Tx tx, Instant now, Predicate<ApplicationName> mayRead) {
        List<String> names =
                tx.handle().createQuery("SELECT name FROM repository ORDER BY name").mapTo(String.class).list().stream()
                        .filter(name -> mayRead.test(new ApplicationName(name)))
                        .toList();
        List<StorageView.Repository> repositories = asking(
                        tx,
                        names,
                        "SELECT repository, SUM(manifest) AS manifests, COUNT(*) - SUM(manifest) AS blobs,"
                                + " SUM(size) AS bytes, SUM(CASE WHEN since > :month THEN size ELSE 0 END) AS recent"
                                + " FROM " + LINKED + " linked WHERE repository IN (<names>)"
                                + " GROUP BY repository ORDER BY repository")
                .bind("month", now.minus(MONTH).toEpochMilli())
                .map((row, context) -> new StorageView.Repository(
                        new ApplicationName(row.getString("repository")),
                        row.getLong("manifests"),
                        row.getLong("blobs"),
                        row.getLong("bytes"),
                        row.getLong("recent"),
                        null))
                .list();
        return sums(tx, names, repositories);
    }

    /** Over what may be read alone: a sum over everything tells what others have. */
    private static StorageView sums(Tx tx, List<String> names, List<StorageView.Repository> repositories) {
        String each = "(SELECT digest, MAX(size) AS size FROM " + LINKED
                + " linked WHERE repository IN (<names>) GROUP BY digest) one";
        long unread = number(
                tx,
                names,
                "SELECT COUNT(*) FROM " + each + " WHERE NOT EXISTS (SELECT 1 FROM blob_check c"
                        + " WHERE c.digest = one.digest)");
        Long oldest = asking(
                        tx,
                        names,
                        "SELECT MIN(c.checked_at) FROM blob_check c JOIN " + each + " ON one.digest = c.digest")
                .mapTo(Long.class)
                .findOne()
                .orElse(null);
        return new StorageView(
                repositories,
                number(tx, names, "SELECT COALESCE(SUM(size), 0) FROM " + each),
                number(
                        tx,
                        names,
                        "SELECT COALESCE(SUM(size), 0) FROM (SELECT digest, MAX(size) AS size FROM tombstone t"
                                + " WHERE gone_at IS NULL AND repository IN (<names>)"
                                + " AND NOT EXISTS (SELECT 1 FROM repo_blob b WHERE b.digest ="
                                + " t.digest) AND NOT EXISTS (SELECT 1 FROM manifest m WHERE m.digest = t.digest)"
                                + " GROUP BY digest) lost"),
                unread > 0 || oldest == null ? null : Instant.ofEpochMilli(oldest),
                number(
                        tx,
                        names,
                        "SELECT COUNT(*) FROM blob_check c JOIN " + each
                                + " ON one.digest = c.digest WHERE c.whole = FALSE"));
    }

    private static Query asking(Tx tx, List<String> names, String query) {
        return tx.handle().createQuery(query).bindList(EmptyHandling.NULL_KEYWORD, "names", names);
    }

    private static long number(Tx tx, List<String> names, String query) {
        return asking(tx, names, query).mapTo(Long.class).one();
    }
}
