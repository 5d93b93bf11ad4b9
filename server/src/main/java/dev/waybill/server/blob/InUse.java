package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
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

    private final ReadWriteLock[] stripes = IntStream.range(0, STRIPES)
            .mapToObj(i -> new ReentrantReadWriteLock())
            .toArray(ReadWriteLock[]::new);

    /** Held from before the bytes are durable until the transaction that refers to them has ended. */
    public Lock pushing(Digest digest) {
        return stripe(digest).readLock();
    }

    /** Held from before the transaction that finds no reference until the bytes are gone. */
    public Lock removing(Digest digest) {
        return stripe(digest).writeLock();
    }

    private ReadWriteLock stripe(Digest digest) {
        return stripes[Math.floorMod(digest.hashCode(), STRIPES)];
    }
}
