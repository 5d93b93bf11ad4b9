package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.db.Database;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads every byte that is stored, again and again, slowly. What is damaged is put aside: nobody gets it, a push heals it. */
final class Scrubber {
    private static final System.Logger LOG = System.getLogger("waybill");

    /** Read again so long after the last time. */
    static final Duration AGAIN = Duration.ofDays(14);

    private final Database database;
    private final BlobStore blobs;
    private final CheckStore checks;
    private final InUse inUse;
    private final Clock clock;

    Scrubber(Database database, BlobStore blobs, CheckStore checks, InUse inUse, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.checks = checks;
        this.inUse = inUse;
        this.clock = clock;
    }

    /** What is told after each blob: how many bytes were read; false ends the round. */
    @FunctionalInterface
    interface Pace {
        boolean read(long bytes) throws InterruptedException;
    }

    /** Reads what is due; returns how many were damaged. */
    int round(Pace pace) throws IOException, InterruptedException {
        int damaged = 0;
        try (Stream<BlobStore.Stored> all = blobs.all()) {
            for (BlobStore.Stored stored : (Iterable<BlobStore.Stored>) all::iterator) {
                Instant now = clock.instant();
                if (isDue(stored, now)) {
                    damaged += isDamaged(stored.digest(), now) ? 1 : 0;
                    if (!pace.read(stored.size())) {
                        return damaged;
                    }
                }
            }
        }
        return damaged;
    }

    /** Bytes that came after they were last read are others, though they have the same name. */
    private boolean isDue(BlobStore.Stored stored, Instant now) {
        Optional<CheckStore.Check> last = database.read(tx -> checks.find(tx, stored.digest()));
        return last.isEmpty()
                || last.get().at().isBefore(now.minus(AGAIN))
                || last.get().at().isBefore(stored.at());
    }

    /** One file that the disk does not give says nothing of the others; it stays unread, so that each round tries it again. */
    private boolean isDamaged(Digest digest, Instant now) throws IOException {
        try {
            if (!blobs.verify(digest)) {
                return isPutAside(digest, now);
            }
            note(digest, now);
            return false;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The bytes of " + digest + " cannot be read; see to the disk", e);
            return true;
        }
    }

    /** Writes down that it is whole where nobody can take it away between: nothing is said of bytes that are gone. */
    private void note(Digest digest, Instant now) throws IOException {
        try (InUse.Held _ = inUse.pushing(digest)) {
            Optional<Blob> there = blobs.open(digest);
            if (there.isPresent()) {
                there.get().close();
                database.change(tx -> checks.put(tx, digest, new CheckStore.Check(now, true)));
            }
        }
    }

    /**
     * Reads again where no push can come between: one that heals while the damaged file is read must not be put aside. False
     * when it is whole after all, or was taken away meanwhile.
     */
    private boolean isPutAside(Digest digest, Instant now) throws IOException {
        Optional<InUse.Held> got = inUse.removing(digest);
        if (got.isEmpty()) {
            return false;
        }
        try (InUse.Held _ = got.get()) {
            boolean healed = blobs.verify(digest);
            if (!healed && !blobs.delete(digest, BlobStore.Fate.ASIDE)) {
                return false;
            }
            database.change(tx -> checks.put(tx, digest, new CheckStore.Check(now, healed)));
            if (!healed) {
                LOG.log(
                        Level.ERROR,
                        "The bytes of " + digest + " are damaged and were put aside. Push the same bytes again to heal"
                                + " it; `waybill registry why " + digest + "` says who needs it.");
            }
            return !healed;
        }
    }
}
