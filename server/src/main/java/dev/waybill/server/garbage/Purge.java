package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes bytes from the disk: those whose time to come back is over, and those that a crash left without any row. The row
 * goes first and the bytes then, so that a crash between the two leaves garbage and never a promise without bytes.
 */
final class Purge {
    private static final int PAGE = 200;

    /** What a purge works with. */
    record Ground(Database database, BlobStore blobs, InUse inUse, Tombstones tombstones, Keeps keeps) {}

    private final Ground ground;
    private final GarbageStore store;
    private final CheckStore checks;
    private final Duration lease;

    /** @param lease how long bytes without any row may belong to a push that is going on */
    Purge(Ground ground, GarbageStore store, CheckStore checks, Duration lease) {
        this.ground = ground;
        this.store = store;
        this.checks = checks;
        this.lease = lease;
    }

    /** Returns how many bytes left the disk. */
    long run(Instant now) throws IOException {
        long freed = 0;
        boolean more = true;
        while (more) {
            List<Tombstones.Tombstone> due =
                    ground.database().read(tx -> ground.tombstones().due(tx, now, PAGE));
            int seenTo = 0;
            for (Tombstones.Tombstone tombstone : due) {
                Fate fate = remove(
                        tombstone.digest(), now, tx -> ground.tombstones().end(tx, tombstone, now));
                seenTo += fate == Fate.BUSY ? 0 : 1;
                freed += fate == Fate.GONE ? tombstone.size() : 0;
            }
            more = due.size() == PAGE && seenTo > 0;
        }
        freed += orphans(now);
        forgetChecks();
        return freed;
    }

    /** A file that was read and put aside or removed at that moment leaves what was found of it. */
    private void forgetChecks() {
        List<Digest> stale = ground.database().read(tx -> checks.stale(tx, PAGE));
        if (!stale.isEmpty()) {
            ground.database().change(tx -> stale.forEach(digest -> checks.remove(tx, digest)));
        }
    }

    /** A push makes its bytes durable first and says so then; what nobody said so of in a day never will be. */
    private long orphans(Instant now) throws IOException {
        long freed = 0;
        List<BlobStore.Stored> page = new ArrayList<>();
        try (Stream<BlobStore.Stored> all = ground.blobs().all()) {
            for (BlobStore.Stored stored : (Iterable<BlobStore.Stored>) all::iterator) {
                if (stored.at().isBefore(now.minus(lease))) {
                    page.add(stored);
                }
                if (page.size() == PAGE) {
                    freed += removeUnused(page, now);
                    page.clear();
                }
            }
        }
        return freed + removeUnused(page, now);
    }

    /** Nearly all are in use: a look tells, and no writer waits. Those that are not are asked again before they go. */
    private long removeUnused(List<BlobStore.Stored> page, Instant now) throws IOException {
        long freed = 0;
        List<BlobStore.Stored> unused = ground.database()
                .read(tx -> page.stream()
                        .filter(stored -> isUnused(tx, stored.digest(), now))
                        .toList());
        for (BlobStore.Stored stored : unused) {
            if (remove(stored.digest(), now, tx -> {}) == Fate.GONE) {
                freed += stored.size();
            }
        }
        return freed;
    }

    /** Whatever rows say, bytes under a digest that is kept stay. */
    private boolean isUnused(Tx tx, Digest digest, Instant now) {
        return !store.isReferenced(tx, digest)
                && !ground.tombstones().isRestorable(tx, digest, now)
                && !ground.keeps().isKept(tx, digest);
    }

    @FunctionalInterface
    private interface Along {
        void write(Tx tx);
    }

    private enum Fate {
        GONE,
        STAYS,
        BUSY
    }

    private Fate remove(Digest digest, Instant now, Along along) throws IOException {
        Optional<InUse.Held> got = ground.inUse().removing(digest);
        if (got.isEmpty()) {
            return Fate.BUSY;
        }
        try (InUse.Held _ = got.get()) {
            boolean free = ground.database().write(tx -> {
                along.write(tx);
                boolean unused = isUnused(tx, digest, now);
                if (unused) {
                    checks.remove(tx, digest);
                }
                return unused;
            });
            return free && ground.blobs().delete(digest, BlobStore.Fate.GONE) ? Fate.GONE : Fate.STAYS;
        }
    }
}
