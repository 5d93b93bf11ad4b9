package dev.waybill.server.release;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Releases in SQL; what the statement says is one JSON column, because it is always read whole. */
final class SqlReleaseStore implements ReleaseStore {
    private static final String SELECT = "SELECT statement, body, outcome FROM slot_release WHERE slot = :slot ";

    @Override
    public Optional<Release> newest(Tx tx, Slot slot) {
        return all(tx, slot, 1).stream().findFirst();
    }

    @Override
    public Optional<Release> find(Tx tx, ReleaseId id) {
        return tx.handle()
                .createQuery(SELECT + "AND number = :number")
                .bind("slot", id.slot().toString())
                .bind("number", id.number())
                .map((row, context) -> release(row))
                .findOne();
    }

    @Override
    public List<Release> all(Tx tx, Slot slot, int limit) {
        return tx.handle()
                .createQuery(SELECT + "ORDER BY number DESC LIMIT :limit")
                .bind("slot", slot.toString())
                .bind("limit", limit)
                .map((row, context) -> release(row))
                .list();
    }

    @Override
    public List<Release> sinceSettled(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery(SELECT + "AND number >= COALESCE((SELECT MAX(number) FROM slot_release WHERE slot = :slot"
                        + " AND outcome IN (:succeeded, :none)), 0) ORDER BY number DESC")
                .bind("slot", slot.toString())
                .bind("succeeded", Release.Outcome.SUCCEEDED.label())
                .bind("none", Release.Outcome.NONE.label())
                .map((row, context) -> release(row))
                .list();
    }

    @Override
    public void insert(Tx tx, Release release) {
        tx.handle()
                .execute(
                        "INSERT INTO slot_release (slot, number, artifact, statement, body, outcome)"
                                + " VALUES (?, ?, ?, ?, ?, ?)",
                        release.id().slot().toString(),
                        release.id().number(),
                        release.says().artifact().toString(),
                        release.statement().toString(),
                        new String(Json.write(release.says()), StandardCharsets.UTF_8),
                        release.outcome().label());
    }

    @Override
    public void outcome(Tx tx, ReleaseId id, Release.Outcome outcome) {
        tx.handle()
                .execute(
                        "UPDATE slot_release SET outcome = ? WHERE slot = ? AND number = ?",
                        outcome.label(),
                        id.slot().toString(),
                        id.number());
    }

    @Override
    public List<Slot> slotsOf(Tx tx, Digest artifact) {
        return tx.handle()
                .createQuery("SELECT DISTINCT slot FROM slot_release WHERE artifact = :artifact ORDER BY slot")
                .bind("artifact", artifact.toString())
                .map((row, context) -> Slot.parse(row.getString("slot")))
                .list();
    }

    @Override
    public List<Slot> slots(Tx tx) {
        return tx.handle()
                .createQuery("SELECT DISTINCT slot FROM slot_release ORDER BY slot")
                .map((row, context) -> Slot.parse(row.getString("slot")))
                .list();
    }

    /** For the audit: its place and its artifact stand in columns of their own, beside the body that is compared whole. */
    boolean isFoundByItsKey(Tx tx, Release release) {
        return tx.handle()
                .createQuery("SELECT 1 FROM slot_release WHERE slot = :slot AND number = :number"
                        + " AND artifact = :artifact AND statement = :statement")
                .bind("slot", release.says().slot().toString())
                .bind("number", release.says().number())
                .bind("artifact", release.says().artifact().toString())
                .bind("statement", release.statement().toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static Release release(ResultSet row) throws SQLException {
        return new Release(
                Digest.parse(row.getString("statement")),
                Json.readOpen(row.getString("body").getBytes(StandardCharsets.UTF_8), ReleaseMade.class),
                Release.Outcome.parse(row.getString("outcome")));
    }
}
