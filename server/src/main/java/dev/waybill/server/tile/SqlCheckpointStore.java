package dev.waybill.server.tile;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checkpoints in SQL, one per size. */
public final class SqlCheckpointStore implements CheckpointStore {
    private static final String SELECT = "SELECT size, root, note FROM checkpoint";

    @Override
    public Optional<Signed> newest(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + " ORDER BY size DESC LIMIT 1")
                .map((row, context) -> signed(row))
                .findOne();
    }

    @Override
    public Optional<Instant> newestAt(Tx tx) {
        return tx.handle()
                .createQuery("SELECT published_at FROM checkpoint ORDER BY size DESC LIMIT 1")
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli);
    }

    @Override
    public Optional<Signed> at(Tx tx, long size) {
        return tx.handle()
                .createQuery(SELECT + " WHERE size = :size")
                .bind("size", size)
                .map((row, context) -> signed(row))
                .findOne();
    }

    @Override
    public Optional<Signed> covering(Tx tx, long index) {
        return tx.handle()
                .createQuery(SELECT + " WHERE size > :index ORDER BY size LIMIT 1")
                .bind("index", index)
                .map((row, context) -> signed(row))
                .findOne();
    }

    @Override
    public List<Signed> all(Tx tx) {
        return tx.handle()
                .createQuery(SELECT + " ORDER BY size")
                .map((row, context) -> signed(row))
                .list();
    }

    @Override
    public void insert(Tx tx, Signed checkpoint, Instant at) {
        tx.handle()
                .execute(
                        "INSERT INTO checkpoint (size, root, note, published_at) VALUES (?, ?, ?, ?)",
                        checkpoint.tree().size(),
                        checkpoint.tree().root().toString(),
                        checkpoint.note(),
                        at.toEpochMilli());
    }

    private static Signed signed(ResultSet row) throws SQLException {
        long size = row.getLong("size");
        try {
            return new Signed(new Tree(size, Hash.parse(row.getString("root"))), row.getString("note"));
        } catch (ProblemException e) {
            throw new Problem.Unavailable(
                            "CHECKPOINT_DAMAGED",
                            "Reading the checkpoint over " + size + " entries from the database",
                            "somebody changed its row (" + e.problem().missing() + ")",
                            "Restore the database from the newest backup.")
                    .exception();
        }
    }
}
