package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class SqlCheckStore implements CheckStore {
    @Override
    public void put(Tx tx, Digest digest, Check check) {
        tx.handle()
                .execute(
                        "INSERT INTO blob_check (digest, checked_at, whole) VALUES (?, ?, ?) ON CONFLICT (digest)"
                                + " DO UPDATE SET checked_at = excluded.checked_at, whole = excluded.whole",
                        digest.toString(),
                        check.at().toEpochMilli(),
                        check.whole());
    }

    @Override
    public Optional<Check> find(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT checked_at, whole FROM blob_check WHERE digest = :digest")
                .bind("digest", digest.toString())
                .map((row, context) ->
                        new Check(Instant.ofEpochMilli(row.getLong("checked_at")), row.getBoolean("whole")))
                .findOne();
    }

    @Override
    public Garbage.Coverage coverage(Tx tx) {
        return tx.handle()
                .createQuery(
                        "SELECT COUNT(*) AS digests, COALESCE(SUM(CASE WHEN whole THEN 0 ELSE 1 END), 0) AS damaged,"
                                + " MIN(checked_at) AS oldest, MAX(checked_at) AS newest, (SELECT COUNT(*) FROM"
                                + " (SELECT digest FROM repo_blob UNION SELECT digest FROM manifest) linked) AS stored"
                                + " FROM blob_check")
                .map((row, context) -> new Garbage.Coverage(
                        row.getLong("stored"),
                        row.getLong("digests"),
                        row.getLong("damaged"),
                        instant(row, "oldest"),
                        instant(row, "newest")))
                .one();
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long at = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(at);
    }

    @Override
    public List<Garbage.Damage> damage(Tx tx, int limit) {
        return tx.handle()
                .createQuery("SELECT digest, checked_at FROM blob_check WHERE whole = FALSE"
                        + " ORDER BY checked_at DESC, digest LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> new Garbage.Damage(
                        Digest.parse(row.getString("digest")), Instant.ofEpochMilli(row.getLong("checked_at"))))
                .list();
    }

    @Override
    public void remove(Tx tx, Digest digest) {
        tx.handle().execute("DELETE FROM blob_check WHERE digest = ?", digest.toString());
    }

    @Override
    public List<Digest> stale(Tx tx, int limit) {
        return tx.handle()
                .createQuery("SELECT digest FROM blob_check c WHERE NOT EXISTS"
                        + " (SELECT 1 FROM repo_blob b WHERE b.digest = c.digest) AND NOT EXISTS"
                        + " (SELECT 1 FROM manifest m WHERE m.digest = c.digest) AND NOT EXISTS"
                        + " (SELECT 1 FROM tombstone t WHERE t.digest = c.digest AND t.gone_at IS NULL) LIMIT :limit")
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .list();
    }
}
