package dev.waybill.server.layer;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The index of files inside in SQL; the rows that wait are the queue, so that a restart goes on where it was. */
final class SqlLayerStore implements LayerStore {
    @Override
    public void enqueue(Tx tx, Digest layer) {
        tx.handle()
                .execute(
                        "INSERT INTO layer_index (digest, state, detail) VALUES (?, 'waiting', '')"
                                + " ON CONFLICT DO NOTHING",
                        layer.toString());
    }

    @Override
    public Optional<Digest> waiting(Tx tx) {
        return tx.handle()
                .createQuery("SELECT digest FROM layer_index WHERE state = 'waiting' ORDER BY digest LIMIT 1")
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .findOne();
    }

    @Override
    public void add(Tx tx, Digest layer, int from, List<FileInside> files) {
        var batch = tx.handle()
                .prepareBatch("INSERT INTO file_inside (layer, number, path, size, sha256)"
                        + " VALUES (:layer, :number, :path, :size, :sha256) ON CONFLICT DO NOTHING");
        int number = from;
        for (FileInside file : files) {
            batch.bind("layer", layer.toString())
                    .bind("number", number++)
                    .bind("path", file.path())
                    .bind("size", file.size())
                    .bind("sha256", file.digest().hex())
                    .add();
        }
        if (!files.isEmpty()) {
            batch.execute();
        }
    }

    @Override
    public void finish(Tx tx, Digest layer, State state, String detail) {
        tx.handle()
                .execute(
                        "UPDATE layer_index SET state = ?, detail = ? WHERE digest = ?",
                        label(state),
                        detail,
                        layer.toString());
    }

    @Override
    public Optional<State> state(Tx tx, Digest layer) {
        return tx.handle()
                .createQuery("SELECT state FROM layer_index WHERE digest = :digest")
                .bind("digest", layer.toString())
                .map((row, context) -> State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)))
                .findOne();
    }

    @Override
    public void retryBroken(Tx tx) {
        tx.handle().execute("UPDATE layer_index SET state = 'waiting' WHERE state = 'broken'");
    }

    @Override
    public List<LayerIndex.Hit> find(Tx tx, Digest sha256, int limit) {
        return tx.handle()
                .createQuery("SELECT layer, path, size, sha256 FROM file_inside WHERE sha256 = :sha256"
                        + " ORDER BY layer, number LIMIT :limit")
                .bind("sha256", sha256.hex())
                .bind("limit", limit)
                .map((row, context) -> new LayerIndex.Hit(
                        Digest.parse(row.getString("layer")),
                        new FileInside(
                                row.getString("path"), row.getLong("size"), Digest.sha256Hex(row.getString("sha256")))))
                .list();
    }

    /** For the audit: layers that were read, by digest, after {@code last}. */
    List<Digest> read(Tx tx, String last, int limit) {
        return tx.handle()
                .createQuery("SELECT digest FROM layer_index WHERE digest > :last"
                        + " AND state IN ('done', 'capped', 'unreadable') ORDER BY digest LIMIT :limit")
                .bind("last", last)
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .list();
    }

    /** For the audit: the files of one layer in the order of their numbers. */
    List<FileInside> files(Tx tx, Digest layer) {
        return tx.handle()
                .createQuery("SELECT path, size, sha256 FROM file_inside WHERE layer = :layer ORDER BY number")
                .bind("layer", layer.toString())
                .map((row, context) -> new FileInside(
                        row.getString("path"), row.getLong("size"), Digest.sha256Hex(row.getString("sha256"))))
                .list();
    }

    /** For the audit: layers that have files and that nobody ever registered, at most 100. */
    List<String> strays(Tx tx) {
        return tx.handle()
                .createQuery("SELECT DISTINCT layer FROM file_inside WHERE layer NOT IN"
                        + " (SELECT digest FROM layer_index) ORDER BY layer LIMIT 100")
                .mapTo(String.class)
                .list();
    }

    private static String label(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
