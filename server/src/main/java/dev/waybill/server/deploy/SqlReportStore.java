package dev.waybill.server.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports in SQL; the two kinds have tables of the same shape. */
final class SqlReportStore implements ReportStore {
    private static final String COLUMNS = "agent, target, number, slot, statement, idx";

    @Override
    public void insert(Tx tx, Kind kind, Said said) {
        tx.handle()
                .execute(
                        "INSERT INTO " + table(kind) + " (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)",
                        said.agent().value(),
                        said.target(),
                        said.number(),
                        said.slot().toString(),
                        said.statement().toString(),
                        said.index());
    }

    @Override
    public Optional<Said> last(Tx tx, Kind kind, Chain chain) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM " + table(kind)
                        + " WHERE agent = :agent AND target = :target AND idx >= :since ORDER BY idx DESC LIMIT 1")
                .bind("agent", chain.agent().value())
                .bind("target", chain.target())
                .bind("since", chain.since())
                .map((row, context) -> said(row))
                .findOne();
    }

    @Override
    public List<Said> ofSlot(Tx tx, Kind kind, Slot slot, int limit) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM " + table(kind)
                        + " WHERE slot = :slot ORDER BY idx DESC LIMIT :limit")
                .bind("slot", slot.toString())
                .bind("limit", limit)
                .map((row, context) -> said(row))
                .list()
                .reversed();
    }

    @Override
    public List<Said> all(Tx tx, Kind kind) {
        return tx.handle()
                .createQuery("SELECT " + COLUMNS + " FROM " + table(kind) + " ORDER BY idx")
                .map((row, context) -> said(row))
                .list();
    }

    @Override
    public Optional<DesiredRow> desired(Tx tx, Slot slot) {
        return tx.handle()
                .createQuery("SELECT number, statement FROM desired WHERE slot = :slot")
                .bind("slot", slot.toString())
                .map((row, context) ->
                        new DesiredRow(slot, row.getLong("number"), Digest.parse(row.getString("statement"))))
                .findOne();
    }

    /** Every row, for the audit. */
    List<DesiredRow> allDesired(Tx tx) {
        return tx.handle()
                .createQuery("SELECT slot, number, statement FROM desired ORDER BY slot")
                .map((row, context) -> new DesiredRow(
                        Slot.parse(row.getString("slot")),
                        row.getLong("number"),
                        Digest.parse(row.getString("statement"))))
                .list();
    }

    @Override
    public void desire(Tx tx, DesiredRow row) {
        tx.handle()
                .execute(
                        "INSERT INTO desired (slot, number, statement) VALUES (?, ?, ?) ON CONFLICT (slot)"
                                + " DO UPDATE SET number = excluded.number, statement = excluded.statement"
                                + " WHERE desired.number < excluded.number",
                        row.slot().toString(),
                        row.number(),
                        row.statement().toString());
    }

    @Override
    public long followed(Tx tx) {
        return tx.handle()
                .createQuery("SELECT next_index FROM deploy_follower WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    @Override
    public void follow(Tx tx, long nextIndex) {
        tx.handle().execute("UPDATE deploy_follower SET next_index = ? WHERE id = 1", nextIndex);
    }

    private static String table(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private static Said said(ResultSet row) throws SQLException {
        return new Said(
                new AgentName(row.getString("agent")),
                row.getString("target"),
                row.getLong("number"),
                Slot.parse(row.getString("slot")),
                Digest.parse(row.getString("statement")),
                row.getLong("idx"));
    }
}
