package dev.waybill.e2e.bench.registry;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Clients on slow lines: each reads a part of one blob, or sends one, a little at a time, all at once. */
final class SlowClients {
    private static final String REPOSITORY = "bench/slow";
    private static final int EACH_WAY = 100;
    private static final int STEP = 16 * 1024;
    private static final int STEPS = 160;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(125);

    private final Peer peer;

    SlowClients(Peer peer) {
        this.peer = peer;
    }

    /** More than the kernel's buffers take, so that the server itself has to wait for who reads. */
    private static final long READ = 32L * 1024 * 1024;

    /** A line of 128 KiB/s, for twenty seconds. */
    private static final long SENT = (long) STEP * STEPS;

    /** @return what one quick client measured meanwhile */
    Load.Times run(Load load) throws Exception {
        Noise noise = new Noise(1, READ);
        Digest digest = noise.digest();
        try (Wire wire = peer.connect()) {
            Load.large(wire, REPOSITORY, noise, digest);
            load.artifact(wire, REPOSITORY, "v1", load.noise(4096));
        }
        List<Callable<Void>> clients = new ArrayList<>();
        for (int i = 0; i < EACH_WAY; i++) {
            long seed = 100L + i;
            clients.add(() -> read(digest));
            clients.add(() -> write(seed));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(clients.size())) {
            List<Future<Void>> running = clients.stream().map(threads::submit).toList();
            // The connections stand before anything is measured.
            TimeUnit.SECONDS.sleep(2);
            Load.Times times = load.together(1, 500, (wire, i) -> {
                wire.get("/v2/" + REPOSITORY + "/manifests/v1").expect(200);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            });
            for (Future<Void> client : running) {
                client.get();
            }
            return times;
        }
    }

    private Void read(Digest digest) throws IOException {
        try (Wire wire = peer.connect()) {
            wire.readSlowly("/v2/" + REPOSITORY + "/blobs/" + digest, STEP, STEPS, PAUSE);
        }
        return null;
    }

    private Void write(long seed) throws IOException {
        Noise noise = new Noise(seed, SENT);
        Digest digest = noise.digest();
        try (Wire wire = peer.connect()) {
            wire.stream(
                            "PUT",
                            Load.upload(wire, REPOSITORY) + "digest=" + digest,
                            noise.size(),
                            out -> noise.write(new Slow(out)))
                    .expect(201);
        }
        return null;
    }

    /** Passes on a step, then waits. */
    private static final class Slow extends OutputStream {
        private final OutputStream out;

        Slow(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += STEP) {
                out.write(bytes, offset + at, Math.min(STEP, length - at));
                LockSupport.parkNanos(PAUSE);
            }
        }
    }
}
