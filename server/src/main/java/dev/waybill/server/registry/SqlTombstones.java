package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tombstones in SQL. */
public final class SqlTombstones implements Tombstones {
    private static final String COLUMNS =
            "repository, digest, kind, media_type, size, removed_at, removed_by, why, restorable_until, gone_at";

    private final Duration rest;

    /** @param rest how long what was taken out may come back */
    public SqlTombstones(Duration rest) {
        this.rest = rest;
    }

    @Override
    public Removal removal(Instant at, ActorName by, String why) {
        return new Removal(at, by, why, at.plus(rest));
    }

    @Override
    public void put(Tx tx, Tombstone tombstone) {
        lift(tx, tombstone.repository(), tombstone.digest(), tombstone.kind());
        Removal removal = tombstone.removal();
        tx.handle()
                .createUpdate("INSERT INTO tombstone (" + COLUMNS + ") VALUES (:repository, :digest, :kind, :mediaType,"
                        + " :size, :at, :by, :why, :until, NULL)")
                .bind("repository", tombstone.repository().value())
                .bind("digest", tombstone.digest().toString())
                .bind("kind", tombstone.kind().label())
                .bind("mediaType", tombstone.mediaType())
                .bind("size", tombstone.size())
                .bind("at", removal.at().toEpochMilli())
                .bind("by", removal.by().value())
                .bind("why", removal.why())
                .bind("until", removal.until().toEpochMilli())
                .execute();
    }

    @Override
    public List<Tombstone> of(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM tombstone WHERE digest = :digest ORDER BY repository, kind")
                .bind("digest", digest.toString())
                .map((row, context) -> tombstone(row))
                .list();
    }

    @Override
    public Optional<Tombstone> find(Tx tx, ApplicationName repository, Digest digest, Kind kind) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM tombstone"
                        + " WHERE repository = :repository AND digest = :digest AND kind = :kind")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .bind("kind", kind.label())
                .map((row, context) -> tombstone(row))
                .findOne();
    }

    @Override
    public void lift(Tx tx, ApplicationName repository, Digest digest, Kind kind) {
        tx.handle()
                .execute(
                        "DELETE FROM tombstone WHERE repository = ? AND digest = ? AND kind = ?",
                        repository.value(),
                        digest.toString(),
                        kind.label());
    }

    @Override
    public boolean isRestorable(Tx tx, Digest digest, Instant now) {
        return tx.handle()
                .createQuery("SELECT 1 FROM tombstone WHERE digest = :digest AND restorable_until > :now LIMIT 1")
                .bind("digest", digest.toString())
                .bind("now", now.toEpochMilli())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<Tombstone> restorable(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM tombstone WHERE gone_at IS NULL AND restorable_until > :now"
                        + " ORDER BY restorable_until DESC, kind DESC, repository, digest LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> tombstone(row))
                .list();
    }

    @Override
    public List<Tombstone> due(Tx tx, Instant now, int limit) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM tombstone WHERE gone_at IS NULL AND restorable_until <= :now"
                        + " ORDER BY restorable_until, repository, digest, kind LIMIT :limit")
                .bind("now", now.toEpochMilli())
                .bind("limit", limit)
                .map((row, context) -> tombstone(row))
                .list();
    }

    @Override
    public void end(Tx tx, Tombstone tombstone, Instant at) {
        String which =
                " WHERE repository = :repository AND digest = :digest AND kind = :kind AND restorable_until <= :at";
        tx.handle()
                .createUpdate(
                        (tombstone.kind() == Kind.BLOB ? "DELETE FROM tombstone" : "UPDATE tombstone SET gone_at = :at")
                                + which)
                .bind("at", at.toEpochMilli())
                .bind("repository", tombstone.repository().value())
                .bind("digest", tombstone.digest().toString())
                .bind("kind", tombstone.kind().label())
                .execute();
    }

    private static Tombstone tombstone(ResultSet row) throws SQLException {
        long gone = row.getLong("gone_at");
        boolean there = row.wasNull();
        return new Tombstone(
                new ApplicationName(row.getString("repository")),
                Digest.parse(row.getString("digest")),
                Kind.of(row.getString("kind")),
                row.getString("media_type"),
                row.getLong("size"),
                new Removal(
                        Instant.ofEpochMilli(row.getLong("removed_at")),
                        new ActorName(row.getString("removed_by")),
                        row.getString("why"),
                        Instant.ofEpochMilli(row.getLong("restorable_until"))),
                there ? null : Instant.ofEpochMilli(gone));
    }
}
