package dev.waybill.server.tile;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A number that only grows, and those who wait for it. Made for virtual threads: nobody holds a monitor while waiting. */
public final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rung = lock.newCondition();
    private long value;

    public Bell(long value) {
        this.value = value;
    }

    long value() {
        lock.lock();
        try {
            return value;
        } finally {
            lock.unlock();
        }
    }

    /** Raises the number, if it is higher, and wakes everyone. */
    public void ring(long reached) {
        lock.lock();
        try {
            if (reached > value) {
                value = reached;
                rung.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the number is above {@code seen}, at most so long, and returns what it is. An interrupt ends the wait. */
    public long await(long seen, Duration atMost) {
        long left = atMost.toNanos();
        lock.lock();
        try {
            while (value <= seen && left > 0) {
                left = rung.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
        return value();
    }
}
