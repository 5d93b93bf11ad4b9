package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Which blobs are linked in which repository. */
interface ContentStore {
    /** Links a blob of that size, and makes the repository, unless they are there. */
    void link(Tx tx, ApplicationName repository, Stored blob);

    /** A blob that is durable in the store. */
    record Stored(Digest digest, long size, Instant at) {}

    /** The recorded size in bytes, if the blob is linked there. */
    OptionalLong size(Tx tx, ApplicationName repository, Digest digest);

    /** True if it was linked. */
    boolean unlink(Tx tx, ApplicationName repository, Digest digest);

    /** Some repositories that link the blob, by name. */
    List<ApplicationName> holders(Tx tx, Digest digest, int limit);

    /** Makes the repository unless it is there. */
    void open(Tx tx, ApplicationName repository, Instant at);

    boolean isOpen(Tx tx, ApplicationName repository);

    /** All repositories, by name. */
    List<ApplicationName> repositories(Tx tx);
}
