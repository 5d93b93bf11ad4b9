package dev.waybill.server.tag;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class SqlTagStore implements TagStore {
    @Override
    public TagState state(Tx tx, ApplicationName repository, Version tag) {
        return tx.handle()
                .createQuery(
                        "SELECT moves, digest, last_digest, moved_at FROM tag WHERE repository = :repository AND name = :name")
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .map((row, context) -> new TagState(
                        row.getLong("moves"),
                        digest(row, "digest"),
                        Digest.parse(row.getString("last_digest")),
                        Instant.ofEpochMilli(row.getLong("moved_at"))))
                .findOne()
                .orElse(TagState.NEVER);
    }

    @Override
    public void move(Tx tx, TagMove move, TagState before) {
        Digest target = move.target();
        Digest last = target == null ? before.last() : target;
        tx.handle()
                .createUpdate("INSERT INTO tag (repository, name, moves, digest, last_digest, moved_at)"
                        + " VALUES (:repository, :name, :moves, :digest, :last, :at)"
                        + " ON CONFLICT (repository, name) DO UPDATE"
                        + " SET moves = excluded.moves, digest = excluded.digest, last_digest = excluded.last_digest,"
                        + " moved_at = excluded.moved_at")
                .bind("repository", move.application().value())
                .bind("name", move.tag().value())
                .bind("moves", before.moves() + 1)
                .bind("digest", text(target))
                .bind("last", text(last))
                .bind("at", move.at().toEpochMilli())
                .execute();
        tx.handle()
                .createUpdate("INSERT INTO tag_history (repository, name, move, digest, moved_at, moved_by)"
                        + " VALUES (:repository, :name, :move, :digest, :at, :by)")
                .bind("repository", move.application().value())
                .bind("name", move.tag().value())
                .bind("move", before.moves() + 1)
                .bind("digest", text(target))
                .bind("at", move.at().toEpochMilli())
                .bind("by", move.by().value())
                .execute();
    }

    @Override
    public List<Version> list(Tx tx, ApplicationName repository, @Nullable String last, int limit) {
        return tx.handle()
                .createQuery("SELECT name FROM tag WHERE repository = :repository AND digest IS NOT NULL"
                        + " AND name > :last ORDER BY name LIMIT :limit")
                .bind("repository", repository.value())
                .bind("last", last == null ? "" : last)
                .bind("limit", limit)
                .map((row, context) -> new Version(row.getString("name")))
                .list();
    }

    @Override
    public List<Version> pointingAt(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                .createQuery("SELECT name FROM tag WHERE repository = :repository AND digest = :digest ORDER BY name")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map((row, context) -> new Version(row.getString("name")))
                .list();
    }

    @Override
    public Map<ApplicationName, List<Version>> all(Tx tx) {
        Map<ApplicationName, List<Version>> all = new TreeMap<>(Comparator.comparing(ApplicationName::value));
        tx.handle()
                .createQuery("SELECT repository, name FROM tag UNION SELECT repository, name FROM tag_history"
                        + " ORDER BY repository, name")
                .map((row, context) -> all.computeIfAbsent(
                                new ApplicationName(row.getString("repository")), r -> new ArrayList<>())
                        .add(new Version(row.getString("name"))))
                .list();
        return all;
    }

    @Override
    public List<Tags.Past> history(Tx tx, ApplicationName repository, Version tag, long before, int limit) {
        return tx.handle()
                .createQuery("SELECT move, digest, moved_at, moved_by FROM tag_history WHERE repository = :repository"
                        + " AND name = :name AND move < :before ORDER BY move DESC LIMIT :limit")
                .bind("repository", repository.value())
                .bind("name", tag.value())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new Tags.Past(
                        row.getLong("move"),
                        digest(row, "digest"),
                        Instant.ofEpochMilli(row.getLong("moved_at")),
                        new ActorName(row.getString("moved_by"))))
                .list();
    }

    private static @Nullable Digest digest(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Digest.parse(text);
    }

    private static @Nullable String text(@Nullable Digest digest) {
        return digest == null ? null : digest.toString();
    }
}
