package dev.waybill.server.identity;

import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tokens in SQL; the actor with its grants is one JSON column, because it is always read whole. */
final class SqlTokenStore implements TokenStore {
    private static final String COLUMNS = "id, sha256, actor, one_time, created_at, expires_at, revoked_at";

    @Override
    public void insert(Tx tx, Token token) {
        tx.handle()
                .createUpdate("INSERT INTO token (" + COLUMNS
                        + ") VALUES (:id, :sha256, :actor, :oneTime, :createdAt, :expiresAt, :revokedAt)")
                .bind("id", token.id())
                .bind("sha256", token.sha256())
                .bind("actor", new String(Json.write(token.actor()), StandardCharsets.UTF_8))
                .bind("oneTime", token.oneTime())
                .bind("createdAt", token.createdAt().toEpochMilli())
                .bind("expiresAt", millis(token.expiresAt()))
                .bind("revokedAt", millis(token.revokedAt()))
                .execute();
    }

    @Override
    public Optional<Token> findValid(Tx tx, String sha256, Instant now) {
        return inService(tx, "sha256", sha256, now);
    }

    @Override
    public Optional<Token> byId(Tx tx, String id, Instant now) {
        return inService(tx, "id", id, now);
    }

    private static Optional<Token> inService(Tx tx, String column, String value, Instant now) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM token WHERE " + column + " = :value AND revoked_at IS NULL"
                        + " AND (expires_at IS NULL OR expires_at > :now)")
                .bind("value", value)
                .bind("now", now.toEpochMilli())
                .map((row, context) -> token(row))
                .findOne();
    }

    @Override
    public Optional<Token> find(Tx tx, String sha256) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM token WHERE sha256 = :sha256")
                .bind("sha256", sha256)
                .map((row, context) -> token(row))
                .findOne();
    }

    @Override
    public List<Token> all(Tx tx) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM token ORDER BY created_at, id")
                .map((row, context) -> token(row))
                .list();
    }

    @Override
    public boolean any(Tx tx) {
        return tx.handle()
                .createQuery("SELECT 1 FROM token LIMIT 1")
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public boolean revoke(Tx tx, String id, Instant at) {
        return tx.handle()
                        .createUpdate("UPDATE token SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL")
                        .bind("at", at.toEpochMilli())
                        .bind("id", id)
                        .execute()
                == 1;
    }

    @Override
    public boolean spend(Tx tx, String id, Instant at) {
        return revoke(tx, id, at);
    }

    private static Token token(ResultSet row) throws SQLException {
        return new Token(
                row.getString("id"),
                row.getString("sha256"),
                actor(row),
                row.getBoolean("one_time"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                instant(row, "expires_at"),
                instant(row, "revoked_at"));
    }

    private static Actor actor(ResultSet row) throws SQLException {
        try {
            return Json.read(row.getString("actor").getBytes(StandardCharsets.UTF_8), Actor.class);
        } catch (ProblemException e) {
            throw new Problem.Unavailable(
                            "TOKEN_DAMAGED",
                            "Reading the token " + row.getString("id"),
                            "its row in the database holds no actor with grants ("
                                    + e.problem().missing() + ")",
                            "Delete the row while the server is down and make its holder a new token, or restore the"
                                    + " database from the newest backup; other tokens go on.")
                    .exception();
        }
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
