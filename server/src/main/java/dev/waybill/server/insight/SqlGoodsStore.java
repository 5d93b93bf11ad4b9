package dev.waybill.server.insight;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Objects;

/** The registry's and the artifacts' rows. Reads only. */
final class SqlGoodsStore implements GoodsStore {
    @Override
    public List<FileInside> layers(Tx tx, ApplicationName application, Digest artifact) {
        return tx.handle()
                .createQuery("SELECT title, size, digest FROM manifest_ref WHERE repository = :repository"
                        + " AND manifest = :manifest AND kind = 'layer' ORDER BY place")
                .bind("repository", application.value())
                .bind("manifest", artifact.toString())
                .map((row, context) -> new FileInside(
                        Objects.requireNonNullElse(row.getString("title"), "layer"),
                        row.getLong("size"),
                        Digest.parse(row.getString("digest"))))
                .list();
    }

    @Override
    public List<Digest> byCommit(Tx tx, String prefix, int limit) {
        return between(tx, "commit_id", prefix, limit);
    }

    @Override
    public List<Digest> byDigest(Tx tx, String prefix, int limit) {
        return between(tx, "digest", "sha256:" + prefix, limit);
    }

    /** Every hex digit sorts before {@code g}. */
    private static List<Digest> between(Tx tx, String column, String prefix, int limit) {
        return tx.handle()
                .createQuery("SELECT digest FROM artifact WHERE " + column + " >= :low AND " + column + " < :high"
                        + " ORDER BY ledger_index DESC LIMIT :limit")
                .bind("low", prefix)
                .bind("high", prefix + "g")
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .list();
    }

    @Override
    public List<Digest> byVersion(Tx tx, String version, int limit) {
        return tx.handle()
                .createQuery("SELECT a.digest FROM tag t JOIN artifact a ON a.application = t.repository"
                        + " AND a.digest = t.digest WHERE t.name = :name ORDER BY a.ledger_index DESC LIMIT :limit")
                .bind("name", version)
                .bind("limit", limit)
                .map((row, context) -> Digest.parse(row.getString("digest")))
                .list();
    }
}
