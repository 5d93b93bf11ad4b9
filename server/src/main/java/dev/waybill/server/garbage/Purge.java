package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Contents;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;

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

    Purge(Ground ground, GarbageStore store, CheckStore checks) {
        this.ground = ground;
        this.store = store;
        this.checks = checks;
    }

    /** Returns how many bytes left the disk. */
    long run(Instant now) throws IOException {
        long freed = 0;
        List<Tombstones.Tombstone> due;
        do {
            due = ground.database().read(tx -> ground.tombstones().due(tx, now, PAGE));
            for (Tombstones.Tombstone tombstone : due) {
                if (remove(tombstone.digest(), now, tx -> ground.tombstones().end(tx, tombstone, now))) {
                    freed += tombstone.size();
                }
            }
        } while (due.size() == PAGE);
        return freed + orphans(now);
    }

    /** A push makes its bytes durable first and says so then; what nobody said so of in a day never will be. */
    private long orphans(Instant now) throws IOException {
        long freed = 0;
        List<BlobStore.Stored> page = new ArrayList<>();
        for (BlobStore.Stored stored : ground.blobs().all()) {
            if (stored.at().isBefore(now.minus(Contents.LEASE))) {
                page.add(stored);
            }
            if (page.size() == PAGE) {
                freed += removeUnused(page, now);
                page.clear();
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
            if (remove(stored.digest(), now, tx -> {})) {
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

    private boolean remove(Digest digest, Instant now, Along along) throws IOException {
        Lock removing = ground.inUse().removing(digest);
        removing.lock();
        try {
            boolean free = ground.database().write(tx -> {
                along.write(tx);
                boolean unused = isUnused(tx, digest, now);
                if (unused) {
                    checks.remove(tx, digest);
                }
                return unused;
            });
            return free && ground.blobs().delete(digest, BlobStore.Fate.GONE);
        } finally {
            removing.unlock();
        }
    }
}
