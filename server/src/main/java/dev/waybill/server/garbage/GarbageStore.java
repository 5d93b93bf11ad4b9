package dev.waybill.server.garbage;

import dev.waybill.api.registry.StorageView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Tombstones;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** What a collection asks of all repositories at once. */
interface GarbageStore {
    /** Something linked in a repository. */
    record Held(ApplicationName repository, Digest digest, long size) {
        Liveness.Stored as(Tombstones.Kind kind) {
            return new Liveness.Stored(repository, digest, kind);
        }
    }

    /** Where a page begins: after this repository and digest. */
    record Place(String repository, String digest) {
        static final Place FIRST = new Place("", "");

        static Place after(Held held) {
            return new Place(held.repository().value(), held.digest().toString());
        }
    }

    /** Manifests whose last push is older, in order. */
    List<Held> oldManifests(Tx tx, Instant before, Place after, int limit);

    /** Blobs that no manifest of their repository refers to and whose lease began before, in order. */
    List<Held> loose(Tx tx, Instant before, Place after, int limit);

    /** True if that blob still is one of {@link #loose}. */
    boolean isLoose(Tx tx, Held held, Instant before);

    /** True if that blob is there and its lease began before, whatever refers to it. */
    boolean isOver(Tx tx, Held held, Instant before);

    /** True if any repository refers to these bytes, as a manifest or a blob. */
    boolean isReferenced(Tx tx, Digest digest);

    /** All that is linked, wherever. */
    Breaker.Amount all(Tx tx);

    /** Where it is linked, as manifest or blob; both where it is both. */
    List<StoredAs> places(Tx tx, Digest digest);

    /** @param since of a blob its lease, of a manifest its last push */
    record StoredAs(ApplicationName repository, Tombstones.Kind kind, long size, Instant since) {}

    /** One row per repository that may be read, and the sums over these alone. */
    StorageView storage(Tx tx, Instant now, Predicate<ApplicationName> mayRead);
}
