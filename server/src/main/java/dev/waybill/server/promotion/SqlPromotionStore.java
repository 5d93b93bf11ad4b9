package dev.waybill.server.promotion;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.Tx;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Promotions in SQL; the state is one JSON column that the state machine's records read back. */
final class SqlPromotionStore implements PromotionStore {
    private static final String UNDECIDED = "('requested', 'awaiting-decision', 'decided')";
    private static final String OPEN = "('requested', 'awaiting-decision', 'decided', 'released', 'deploying')";
    private static final String SELECT =
            "SELECT place, body, summary, look_again, decided_at, sequence FROM promotion ";

    @Override
    public Row insert(Tx tx, Promotion promotion) {
        String slot = promotion.request().slot().toString();
        long place = tx.handle()
                        .createQuery("SELECT COALESCE(MAX(place), 0) FROM promotion")
                        .mapTo(Long.class)
                        .one()
                + 1;
        tx.handle()
                .execute(
                        "INSERT INTO promotion (id, slot, artifact, place, state, body, sequence)"
                                + " VALUES (?, ?, ?, ?, ?, ?, 1)",
                        promotion.request().promotion(),
                        slot,
                        promotion.request().artifact().toString(),
                        place,
                        promotion.state(),
                        body(promotion));
        return new Row(place, promotion, null, null, null, 1);
    }

    @Override
    public boolean update(Tx tx, Row row) {
        return tx.handle()
                        .createUpdate("UPDATE promotion SET state = :state, body = :body, summary = :summary,"
                                + " release_no = COALESCE(:release, release_no), look_again = :again, decided_at = :decided,"
                                + " sequence = :sequence WHERE id = :id AND sequence = :sequence - 1")
                        .bind("state", row.promotion().state())
                        .bind("body", body(row.promotion()))
                        .bind(
                                "summary",
                                row.summary() == null ? null : row.summary().toString())
                        .bind("release", releaseOf(row.promotion()))
                        .bind("again", millis(row.lookAgain()))
                        .bind("decided", millis(row.decidedAt()))
                        .bind("sequence", row.sequence())
                        .bind("id", row.id())
                        .execute()
                == 1;
    }

    @Override
    public Optional<Row> find(Tx tx, String id) {
        return tx.handle()
                .createQuery(SELECT + "WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> row(row))
                .findOne();
    }

    @Override
    public Optional<Row> byRelease(Tx tx, ReleaseId release) {
        return tx.handle()
                .createQuery(SELECT + "WHERE slot = :slot AND release_no = :number")
                .bind("slot", release.slot().toString())
                .bind("number", release.number())
                .map((row, context) -> row(row))
                .findOne();
    }

    @Override
    public List<Row> open(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery(SELECT + "WHERE slot = :slot AND state IN " + OPEN + " ORDER BY place")
                .bind("slot", slot.toString())
                .map((row, context) -> row(row))
                .list();
    }

    @Override
    public List<String> undecided(Tx tx) {
        return tx.handle()
                .createQuery("SELECT id FROM promotion WHERE state IN " + UNDECIDED + " ORDER BY place")
                .mapTo(String.class)
                .list();
    }

    @Override
    public List<Row> list(Tx tx, Choice choice) {
        Slot slot = choice.slot();
        String where = (choice.beginning().isEmpty() ? "WHERE 1 = 1" : "WHERE id LIKE :beginning")
                + (slot == null ? "" : " AND slot = :slot")
                + (choice.openOnly() ? " AND state IN " + OPEN : "");
        var query = tx.handle().createQuery(SELECT + where + " ORDER BY place DESC LIMIT :limit");
        if (slot != null) {
            query.bind("slot", slot.toString());
        }
        if (!choice.beginning().isEmpty()) {
            query.bind("beginning", choice.beginning() + "%");
        }
        return query.bind("limit", choice.limit())
                .map((row, context) -> row(row))
                .list();
    }

    @Override
    public List<String> strays(Tx tx) {
        return tx.handle()
                .createQuery("SELECT id, slot, artifact, state, release_no, body FROM promotion ORDER BY place")
                .map((row, context) -> agrees(row) ? "" : row.getString("id"))
                .filter(id -> !id.isEmpty())
                .list();
    }

    private static boolean agrees(ResultSet row) throws SQLException {
        Promotion promotion = promotion(row);
        Long release = releaseOf(promotion);
        long number = row.getLong("release_no");
        return promotion.request().promotion().equals(row.getString("id"))
                && promotion.request().slot().toString().equals(row.getString("slot"))
                && promotion.request().artifact().toString().equals(row.getString("artifact"))
                && promotion.state().equals(row.getString("state"))
                && (release == null || release == number);
    }

    private static Promotion promotion(ResultSet row) throws SQLException {
        return Json.read(row.getString("body").getBytes(StandardCharsets.UTF_8), Promotion.class);
    }

    private static @Nullable Long releaseOf(Promotion promotion) {
        return switch (promotion) {
            case Promotion.Released p -> p.release().number();
            case Promotion.Deploying p -> p.released().release().number();
            case Promotion.Succeeded p -> p.released().release().number();
            case Promotion.Failed p -> p.released().release().number();
            case Promotion.Returned p -> p.released().release().number();
            default -> null;
        };
    }

    private static String body(Promotion promotion) {
        return new String(Json.write(promotion), StandardCharsets.UTF_8);
    }

    private static Row row(ResultSet row) throws SQLException {
        String summary = row.getString("summary");
        return new Row(
                row.getLong("place"),
                promotion(row),
                summary == null ? null : Digest.parse(summary),
                instant(row, "look_again"),
                instant(row, "decided_at"),
                row.getLong("sequence"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(value);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
