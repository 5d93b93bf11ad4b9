package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class SqlContentStore implements ContentStore {
    @Override
    public void link(Tx tx, ApplicationName repository, Stored blob) {
        open(tx, repository, blob.at());
        tx.handle()
                .createUpdate("INSERT INTO repo_blob (repository, digest, size, linked_at)"
                        + " VALUES (:repository, :digest, :size, :at)"
                        + " ON CONFLICT (repository, digest) DO UPDATE SET linked_at = excluded.linked_at")
                .bind("repository", repository.value())
                .bind("digest", blob.digest().toString())
                .bind("size", blob.size())
                .bind("at", blob.at().toEpochMilli())
                .execute();
    }

    @Override
    public Optional<Stored> find(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                .createQuery(
                        "SELECT size, linked_at FROM repo_blob WHERE repository = :repository AND digest = :digest")
                .bind("repository", repository.value())
                .bind("digest", digest.toString())
                .map((row, context) ->
                        new Stored(digest, row.getLong("size"), Instant.ofEpochMilli(row.getLong("linked_at"))))
                .findOne();
    }

    @Override
    public boolean lease(Tx tx, ApplicationName repository, Digest digest, Instant now) {
        return tx.handle()
                        .createUpdate("UPDATE repo_blob SET linked_at = :now"
                                + " WHERE repository = :repository AND digest = :digest")
                        .bind("repository", repository.value())
                        .bind("digest", digest.toString())
                        .bind("now", now.toEpochMilli())
                        .execute()
                > 0;
    }

    @Override
    public boolean unlink(Tx tx, ApplicationName repository, Digest digest) {
        return tx.handle()
                        .createUpdate("DELETE FROM repo_blob WHERE repository = :repository AND digest = :digest")
                        .bind("repository", repository.value())
                        .bind("digest", digest.toString())
                        .execute()
                > 0;
    }

    @Override
    public List<ApplicationName> holders(Tx tx, Digest digest, int limit) {
        return tx.handle()
                .createQuery("SELECT repository FROM repo_blob WHERE digest = :digest ORDER BY repository LIMIT :limit")
                .bind("digest", digest.toString())
                .bind("limit", limit)
                .map((row, context) -> new ApplicationName(row.getString("repository")))
                .list();
    }

    @Override
    public void open(Tx tx, ApplicationName repository, Instant at) {
        tx.handle()
                .createUpdate("INSERT INTO repository (name, created_at) VALUES (:name, :at)"
                        + " ON CONFLICT (name) DO NOTHING")
                .bind("name", repository.value())
                .bind("at", at.toEpochMilli())
                .execute();
    }

    @Override
    public boolean isOpen(Tx tx, ApplicationName repository) {
        return tx.handle()
                .createQuery("SELECT 1 FROM repository WHERE name = :name")
                .bind("name", repository.value())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<ApplicationName> repositories(Tx tx) {
        return tx.handle()
                .createQuery("SELECT name FROM repository ORDER BY name")
                .map((row, context) -> new ApplicationName(row.getString("name")))
                .list();
    }
}
