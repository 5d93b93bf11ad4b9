package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
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
import java.util.concurrent.locks.Lock;

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
        for (BlobStore.Stored stored : blobs.all()) {
            Instant now = clock.instant();
            Optional<CheckStore.Check> last = database.read(tx -> checks.find(tx, stored.digest()));
            // Bytes that came after they were last read are others, though they have the same name.
            boolean due = last.isEmpty()
                    || last.get().at().isBefore(now.minus(AGAIN))
                    || last.get().at().isBefore(stored.at());
            if (due) {
                damaged += isWhole(stored.digest(), now) ? 0 : 1;
                if (!pace.read(stored.size())) {
                    return damaged;
                }
            }
        }
        return damaged;
    }

    /** One file that the disk does not give says nothing of the others; it stays unread, so that each round tries it again. */
    private boolean isWhole(Digest digest, Instant now) throws IOException {
        try {
            boolean whole = blobs.verify(digest) || isHealedOrAside(digest);
            database.change(tx -> checks.put(tx, digest, new CheckStore.Check(now, whole)));
            return whole;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            LOG.log(Level.ERROR, "The bytes of " + digest + " cannot be read; see to the disk", e);
            return false;
        }
    }

    /** Reads again where no push can come between: one that heals while the damaged file is read must not be put aside. */
    private boolean isHealedOrAside(Digest digest) throws IOException {
        Lock removing = inUse.removing(digest);
        removing.lock();
        try {
            if (blobs.verify(digest)) {
                return true;
            }
            if (blobs.delete(digest, BlobStore.Fate.ASIDE)) {
                LOG.log(
                        Level.ERROR,
                        "The bytes of " + digest + " are damaged and were put aside. Push the same bytes again to heal"
                                + " it; `waybill registry why " + digest + "` says who needs it.");
            }
            return false;
        } finally {
            removing.unlock();
        }
    }
}
