package dev.waybill.e2e.bench.registry;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** What is asked of each registry. */
final class Load {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

    private final Peer peer;
    private final SplittableRandom random;

    Load(Peer peer, long seed) {
        this.peer = peer;
        this.random = new SplittableRandom(seed);
    }

    /**
     * How long requests took.
     *
     * @param each in nanoseconds, shortest first
     * @param seconds all of them together
     */
    record Times(List<Long> each, double seconds) {
        double perSecond() {
            return each.size() / seconds;
        }

        /** In milliseconds. */
        double percentile(double p) {
            return each.get((int) Math.min(each.size() - 1, Math.round(p * each.size()))) / 1e6;
        }
    }

    interface Ask {
        void on(Wire wire, int number) throws IOException;
    }

    /** So many requests over so many connections. */
    Times together(int connections, int requests, Ask ask) throws Exception {
        long[] times = new long[requests];
        AtomicInteger next = new AtomicInteger();
        List<Callable<Void>> workers = new ArrayList<>();
        for (int c = 0; c < connections; c++) {
            workers.add(() -> {
                try (Wire wire = peer.connect()) {
                    for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                        long start = System.nanoTime();
                        ask.on(wire, i);
                        times[i] = System.nanoTime() - start;
                    }
                }
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            long start = System.nanoTime();
            for (Future<Void> worker : threads.invokeAll(workers)) {
                worker.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Times(Arrays.stream(times).sorted().boxed().toList(), seconds);
        }
    }

    byte[] noise(int size) {
        byte[] bytes = new byte[size];
        SplittableRandom own;
        synchronized (random) {
            own = random.split();
        }
        own.nextBytes(bytes);
        return bytes;
    }

    /** As most clients push: POST, PUT with everything, for layer and config, then the manifest. */
    Digest artifact(Wire wire, String repository, String tag, byte[] layer) throws IOException {
        byte[] config = ("{\"made\":\"" + tag + layer.length + "-" + Arrays.hashCode(layer) + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        Digest layerDigest = blob(wire, repository, layer);
        Digest configDigest = blob(wire, repository, config);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST
                        + "\",\"config\":{\"mediaType\":\"application/vnd.oci.image.config.v1+json\",\"digest\":\""
                        + configDigest + "\",\"size\":" + config.length
                        + "},\"layers\":[{\"mediaType\":\"application/octet-stream\",\"digest\":\"" + layerDigest
                        + "\",\"size\":" + layer.length + "}]}")
                .getBytes(StandardCharsets.UTF_8);
        wire.send("PUT", "/v2/" + repository + "/manifests/" + tag, MANIFEST, manifest)
                .expect(201);
        return Digest.sha256(manifest);
    }

    private static Digest blob(Wire wire, String repository, byte[] bytes) throws IOException {
        Digest digest = Digest.sha256(bytes);
        wire.send("PUT", upload(wire, repository) + "digest=" + digest, "application/octet-stream", bytes)
                .expect(201);
        return digest;
    }

    /** The address of a new upload, up to where the digest goes. */
    static String upload(Wire wire, String repository) throws IOException {
        String location = wire.send(
                        "POST", "/v2/" + repository + "/blobs/uploads/", "application/octet-stream", new byte[0])
                .expect(202)
                .location();
        return location + (location.contains("?") ? "&" : "?");
    }

    /** One large blob, whose digest is known already. */
    static void large(Wire wire, String repository, Noise noise, Digest digest) throws IOException {
        wire.stream("PUT", upload(wire, repository) + "digest=" + digest, noise.size(), noise::write)
                .expect(201);
    }
}
