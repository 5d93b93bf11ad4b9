package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;

/** Keeps in SQL: one row for each reason. */
public final class SqlKeeps implements Keeps {
    @Override
    public void keep(Tx tx, Digest digest, Reason reason) {
        tx.handle()
                .execute(
                        "INSERT INTO keep (digest, reason, kept_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                        digest.toString(),
                        reason.why(),
                        reason.by().value());
    }

    @Override
    public boolean release(Tx tx, Digest digest, String why) {
        return tx.handle().execute("DELETE FROM keep WHERE digest = ? AND reason = ?", digest.toString(), why) > 0;
    }

    @Override
    public boolean isKept(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT 1 FROM keep WHERE digest = :digest LIMIT 1")
                .bind("digest", digest.toString())
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    @Override
    public List<Reason> reasons(Tx tx, Digest digest) {
        return tx.handle()
                .createQuery("SELECT reason, kept_by FROM keep WHERE digest = :digest ORDER BY reason")
                .bind("digest", digest.toString())
                .map((row, context) -> new Reason(row.getString("reason"), new ActorName(row.getString("kept_by"))))
                .list();
    }
}
