package dev.waybill.server.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which blobs are linked in which repository. */
interface ContentStore {
    /** Links a blob of that size, and makes the repository, unless they are there; its lease begins anew. */
    void link(Tx tx, ApplicationName repository, Stored blob);

    /**
     * A blob that is durable in the store.
     *
     * @param size in bytes
     * @param at when its lease began
     */
    record Stored(Digest digest, long size, Instant at) {}

    /** What is recorded of a blob that is linked there. */
    Optional<Stored> find(Tx tx, ApplicationName repository, Digest digest);

    /** Begins its lease anew; false if it is not linked. */
    boolean lease(Tx tx, ApplicationName repository, Digest digest, Instant now);

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
