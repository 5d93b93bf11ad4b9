package dev.waybill.server.artifact;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;

/**
 * Retention roots (law 3). Rooms write here what must stay, each under a reason of its own; the registry asks before it
 * deletes, inside the transaction that deletes. A digest is kept as long as one reason is left.
 */
public interface Keeps {
    /** Keeps the digest, and what it refers to, for this reason; again is the same. */
    void keep(Tx tx, Digest digest, Reason reason);

    /** Takes one reason away; true if it was there. */
    boolean release(Tx tx, Digest digest, String why);

    /** True while there is a reason. */
    boolean isKept(Tx tx, Digest digest);

    /** Why it is kept, in the order of the texts. */
    List<Reason> reasons(Tx tx, Digest digest);

    /** A sentence such as {@code release production/shop#176}, and who wrote it. */
    record Reason(String why, ActorName by) {}
}
