package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/**
 * Keeps apart who makes bytes durable and then says so in SQL, and who finds that nothing says so and removes them. Without
 * it a push that found its bytes there already could be acknowledged for bytes that are gone a moment later.
 */
public final class InUse {
    private static final int STRIPES = 256;

    /** A damaged file is read as a whole while its digest is held; longer than that nobody waits. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ReadWriteLock[] stripes = IntStream.range(0, STRIPES)
            .mapToObj(i -> new ReentrantReadWriteLock())
            .toArray(ReadWriteLock[]::new);
    private final Duration patience;

    public InUse() {
        this(PATIENCE);
    }

    public InUse(Duration patience) {
        this.patience = patience;
    }

    /** Closed by the thread that got it. */
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Held from before the bytes are durable until the transaction that refers to them has ended; {@code DIGEST_BUSY}. */
    public Held pushing(Digest digest) throws IOException {
        return held(stripe(digest).readLock())
                .orElseThrow(() -> new Problem.Unavailable(
                                "DIGEST_BUSY",
                                "Storing " + digest,
                                "bytes under it, or under one beside it, are being read or removed for more than "
                                        + patience.toSeconds() + " s.",
                                "Push again in a moment; nothing that was stored is lost.")
                        .exception());
    }

    /**
     * Held from before the transaction that finds no reference until the bytes are gone; empty when somebody pushes without
     * end. Then it is for the next round.
     */
    public Optional<Held> removing(Digest digest) throws IOException {
        return held(stripe(digest).writeLock());
    }

    private Optional<Held> held(Lock lock) throws IOException {
        try {
            return lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(lock::unlock)
                    : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException stopped = new InterruptedIOException("Stopped while waiting for a digest in use");
            stopped.initCause(e);
            throw stopped;
        }
    }

    private ReadWriteLock stripe(Digest digest) {
        return stripes[Math.floorMod(digest.hashCode(), STRIPES)];
    }
}
