package dev.waybill.server.garbage;

import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.server.loop.Loop;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/**
 * Collects and scrubs by itself, in one quiet thread: a collection, at most an hour of reading never faster than its share,
 * an hour of rest.
 */
public final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("waybill");
    private static final ActorName SERVER = new ActorName("waybill");
    private static final Duration FIRST = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofHours(1);

    /** Bytes per second: a terabyte is read in less than a day, and no disk is busy with it. */
    private static final long SHARE = 20_000_000;

    private final Collector collector;
    private final Scrubber scrubber;
    private final Loop loop = new Loop("upkeep", this::round);
    private Duration rest = FIRST;

    Upkeep(Collector collector, Scrubber scrubber) {
        this.collector = collector;
        this.scrubber = scrubber;
    }

    /** Starts in a while: a server that was just started has other things to do. */
    public void start() {
        loop.start();
    }

    private void round() throws InterruptedException {
        Thread.sleep(rest);
        rest = PAUSE;
        each(this::collect);
        each(this::scrub);
    }

    @FunctionalInterface
    private interface Chore {
        void run() throws IOException, InterruptedException;
    }

    /** A chore that fails keeps the other from nothing. */
    private void each(Chore chore) throws InterruptedException {
        try {
            chore.run();
        } catch (IOException | RuntimeException | VirtualMachineError e) {
            if (!loop.isClosed()) {
                LOG.log(Level.WARNING, "Upkeep of the registry failed; it is tried again later", e);
            }
        }
    }

    private void collect() throws IOException {
        Sweep sweep = collector.run(new SweepRequest(false, false), SERVER);
        if (sweep.manifests() + sweep.blobs() + sweep.freed() > 0) {
            LOG.log(
                    Level.INFO,
                    "Collected {0} manifests and {1} blobs ({2} bytes); {3} bytes left the disk.",
                    sweep.manifests(),
                    sweep.blobs(),
                    sweep.bytes(),
                    sweep.freed());
        }
    }

    /** Reads for an hour at most: whatever is left is due still when the next collection is done. */
    private void scrub() throws IOException, InterruptedException {
        long began = System.nanoTime();
        scrubber.round(bytes -> {
            Thread.sleep(Duration.ofMillis(bytes * 1000 / SHARE));
            return !loop.isClosed() && System.nanoTime() - began < PAUSE.toNanos();
        });
    }

    @Override
    public void close() {
        loop.close();
    }
}
