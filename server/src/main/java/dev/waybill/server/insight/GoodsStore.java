package dev.waybill.server.insight;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;

/** Looks into artifacts and for them. */
interface GoodsStore {
    /** The layers of an artifact by title with their sizes, in the manifest's order. */
    List<FileInside> layers(Tx tx, ApplicationName application, Digest artifact);

    /** Registered artifacts whose commit begins so, newest first. */
    List<Digest> byCommit(Tx tx, String prefix, int limit);

    /** Registered artifacts whose sha256 begins so, newest first. */
    List<Digest> byDigest(Tx tx, String prefix, int limit);

    /** Registered artifacts that are called so now, newest first. */
    List<Digest> byVersion(Tx tx, String version, int limit);
}
