package dev.waybill.server.tile;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** When checkpoints are published: every second if there is news, at once when somebody waits for one. */
public final class Publishing implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Publishing.class.getName());
    private static final Duration CADENCE = Duration.ofSeconds(1);

    /** How long closing waits for a publication that goes on; one that is cut off by the end is done again at the start. */
    private static final Duration END = Duration.ofSeconds(10);

    private final Publisher publisher;
    private final Bell covered;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition wake = lock.newCondition();
    private final Thread thread;
    private long wanted;
    private boolean started;
    private boolean closed;
    private boolean failing;

    public Publishing(Publisher publisher) {
        this.publisher = publisher;
        this.covered = new Bell(publisher.published().tree().size());
        this.thread = Thread.ofPlatform().daemon().name("ledger-publisher").unstarted(this::run);
    }

    public void start() {
        lock.lock();
        try {
            if (!started && !closed) {
                started = true;
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a published checkpoint covers the entry, at most so long; {@code CHECKPOINT_LATE} after that. */
    public CheckpointStore.Signed cover(long index, Duration atMost) {
        start();
        lock.lock();
        try {
            wanted = Math.max(wanted, index + 1);
            wake.signal();
        } finally {
            lock.unlock();
        }
        if (covered.await(index, atMost) <= index) {
            throw publisher
                    .stopped()
                    .orElseGet(() -> new Problem.Unavailable(
                            "CHECKPOINT_LATE",
                            "Waiting for a checkpoint over entry " + index,
                            "none was published within " + atMost.toSeconds() + " s.",
                            "Ask again; the server's log says why publishing fails."))
                    .exception();
        }
        return publisher.published();
    }

    private void run() {
        long next = System.nanoTime();
        while (awaitTurn(next)) {
            next = System.nanoTime() + CADENCE.toNanos();
            try {
                covered.ring(publisher.publish().tree().size());
                failing = publisher.stopped().isPresent();
            } catch (ProblemException e) {
                report(Level.SEVERE, e);
            } catch (RuntimeException | VirtualMachineError e) {
                // Nobody else publishes: a thread that ended here would leave every decision without its proof.
                report(Level.WARNING, e);
            }
        }
    }

    /** A failure is reported once, not each second until the disk has room again. */
    private void report(Level level, Throwable e) {
        LOG.log(failing ? Level.FINE : level, "Publishing the ledger's checkpoint failed; it is tried again", e);
        failing = true;
    }

    /** True when it is time to publish; false when this is closed. While publishing fails nobody can hurry it. */
    private boolean awaitTurn(long next) {
        lock.lock();
        try {
            long left = next - System.nanoTime();
            while (!closed && left > 0 && (failing || wanted <= covered.value())) {
                left = wake.awaitNanos(left);
            }
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        boolean runs;
        lock.lock();
        try {
            closed = true;
            runs = started;
            wake.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (runs && !thread.join(END)) {
                LOG.log(Level.WARNING, "A publication does not end within {0} s; it is left behind", END.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
