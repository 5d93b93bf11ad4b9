package dev.waybill.server.promotion;

import dev.waybill.server.db.Database;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A database that counts reads and where one of them begins late. */
final class PausedDatabase implements Database {
    private final Database real;
    private final AtomicLong reads = new AtomicLong();
    private volatile long at = Long.MAX_VALUE;
    private volatile CountDownLatch paused = new CountDownLatch(0);
    private volatile CountDownLatch goOn = new CountDownLatch(0);

    PausedDatabase(Database real) {
        this.real = real;
    }

    /** The read with this number from now on, counted from 1, waits for {@code until}; the answer tells when it does. */
    CountDownLatch pauseAtRead(int number, CountDownLatch until) {
        CountDownLatch there = new CountDownLatch(1);
        paused = there;
        goOn = until;
        at = reads.get() + number;
        return there;
    }

    long reads() {
        return reads.get();
    }

    @Override
    public <T> T write(Work<T> work) {
        return real.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        if (reads.incrementAndGet() == at) {
            paused.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return real.read(work);
    }

    @Override
    public long writes() {
        return real.writes();
    }

    @Override
    public int waiting() {
        return real.waiting();
    }

    @Override
    public String engine() {
        return real.engine();
    }

    @Override
    public void close() {
        real.close();
    }
}
