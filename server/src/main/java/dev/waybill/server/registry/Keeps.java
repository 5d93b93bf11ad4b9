package dev.waybill.server.registry;

import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;

/** What must stay (law 3); the room of artifacts knows and supplies it. */
@FunctionalInterface
public interface Keeps {
    /** True if something that runs or ran, is approved, pinned or could be rolled back to is this manifest. */
    boolean isKept(Tx tx, Digest digest);
}
