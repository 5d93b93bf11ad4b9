package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.Optional;

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
    public void remove(Tx tx, Digest digest) {
        tx.handle().execute("DELETE FROM blob_check WHERE digest = ?", digest.toString());
    }
}
