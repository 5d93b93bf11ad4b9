package dev.waybill.e2e.bench.registry;

import dev.waybill.core.name.Digest;
import dev.waybill.e2e.RealParts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Manifests, one large blob, many small artifacts: on our registry, on zot (durable and as it comes) and on distribution, each
 * alone on the machine. Arguments: the size of the large blob in MiB (1024), the number of small artifacts (1000), the
 * number of manifest requests (20000), and `alone` to leave the others out; `slow` before them measures one quick client beside a
 * hundred slow readers and a hundred slow writers instead. Peers that are not installed are left out, and said so.
 */
final class RegistryBenchmark {
    private static final String REPOSITORY = "bench/shop";
    private static final int READERS = 16;
    private static final int PUSHERS = 50;

    private final int megabytes;
    private final int artifacts;
    private final int requests;
    private final boolean slowOnly;

    private RegistryBenchmark(List<String> arguments, boolean slowOnly) {
        this.slowOnly = slowOnly;
        this.megabytes = number(arguments, 0, 1024);
        this.artifacts = number(arguments, 1, 1000);
        this.requests = number(arguments, 2, 20_000);
    }

    private static int number(List<String> arguments, int place, int otherwise) {
        return arguments.size() > place ? Integer.parseInt(arguments.get(place)) : otherwise;
    }

    private interface Start {
        Peer in(Path work) throws IOException, InterruptedException;
    }

    public static void main(String[] said) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(said));
        boolean slow = arguments.remove("slow");
        boolean alone = arguments.remove("alone");
        RegistryBenchmark benchmark = new RegistryBenchmark(arguments, slow);
        String launcher = System.getProperty("waybill.launcher", "./waybill");
        benchmark.measure(work -> Peer.waybill(work, launcher));
        if (alone) {
            return;
        }
        Optional<Path> zot = RealParts.find("zot");
        Optional<Path> distribution = RealParts.find("registry");
        if (zot.isEmpty()) {
            say("zot is not installed");
        } else {
            String program = zot.get().toString();
            benchmark.measure(work -> Peer.zot(work, program, true));
            benchmark.measure(work -> Peer.zot(work, program, false));
        }
        if (distribution.isEmpty()) {
            say("distribution's `registry` is not installed");
        } else {
            String program = distribution.get().toString();
            benchmark.measure(work -> Peer.distribution(work, program));
        }
    }

    private void measure(Start start) throws Exception {
        Path work = Files.createTempDirectory("registry-bench");
        try (Peer peer = start.in(work)) {
            say(
                    "%n%s, load %.1f",
                    peer.name, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
            Load load = new Load(peer, System.nanoTime());
            if (slowOnly) {
                slow(peer, load);
            } else {
                manifests(peer, load);
                small(peer, load);
                large(peer);
            }
            say("  peak memory %d MiB", peer.peakMemory());
        } finally {
            delete(work);
        }
    }

    private void manifests(Peer peer, Load load) throws Exception {
        Digest digest;
        try (Wire wire = peer.connect()) {
            digest = load.artifact(wire, REPOSITORY, "v1", load.noise(4096));
        }
        String byDigest = "/v2/" + REPOSITORY + "/manifests/" + digest;
        String byTag = "/v2/" + REPOSITORY + "/manifests/v1";
        // What runs first warms all of them up, and is not told.
        load.together(READERS, requests, (wire, i) -> wire.get(byDigest).expect(200));
        double before = peer.cpu();
        tell(
                peer,
                before,
                "manifest GET by digest",
                load.together(READERS, requests, (wire, i) -> wire.get(byDigest).expect(200)));
        before = peer.cpu();
        tell(
                peer,
                before,
                "manifest GET by tag",
                load.together(READERS, requests, (wire, i) -> wire.get(byTag).expect(200)));
        before = peer.cpu();
        tell(
                peer,
                before,
                "manifest HEAD by tag",
                load.together(
                        READERS, requests, (wire, i) -> wire.headOnly(byTag).expect(200)));
    }

    private void small(Peer peer, Load load) throws Exception {
        load.together(
                PUSHERS, artifacts / 4, (wire, i) -> load.artifact(wire, REPOSITORY, "warm-" + i, load.noise(4096)));
        double before = peer.cpu();
        tell(
                peer,
                before,
                PUSHERS + " pushers, 4 KiB artifacts",
                load.together(
                        PUSHERS,
                        artifacts,
                        (wire, i) -> load.artifact(wire, REPOSITORY, "small-" + i, load.noise(4096))));
    }

    private void large(Peer peer) throws Exception {
        long size = megabytes * 1024L * 1024;
        for (int round = 1; round <= 3; round++) {
            Noise noise = new Noise(System.nanoTime(), size);
            try (Wire wire = peer.connect()) {
                double cpu = peer.cpu();
                // The client hashes before it starts; only the push itself is on the clock.
                Digest digest = noise.digest();
                long hashed = System.nanoTime();
                Load.large(wire, REPOSITORY, noise, digest);
                double push = (System.nanoTime() - hashed) / 1e9;
                double pushCpu = peer.cpu() - cpu;
                cpu = peer.cpu();
                long start = System.nanoTime();
                wire.get("/v2/" + REPOSITORY + "/blobs/" + digest).expect(200);
                double pull = (System.nanoTime() - start) / 1e9;
                say(
                        "  %d MiB blob: push %.2f s (server %.2f CPU s), pull %.2f s (server %.2f CPU s)",
                        megabytes, push, pushCpu, pull, peer.cpu() - cpu);
            }
        }
    }

    private void slow(Peer peer, Load load) throws Exception {
        double before = peer.cpu();
        tell(peer, before, "GET beside 200 slow clients", new SlowClients(peer).run(load));
    }

    private static void tell(Peer peer, double cpuBefore, String what, Load.Times times) throws IOException {
        say(
                "  %-30s %8.0f /s   p50 %.2f ms, p99 %.2f ms   server %.2f ms CPU each",
                what,
                times.perSecond(),
                times.percentile(0.5),
                times.percentile(0.99),
                (peer.cpu() - cpuBefore) * 1000 / times.each().size());
    }

    private static void say(String format, Object... values) {
        System.out.printf(Locale.ROOT, format + "%n", values);
    }

    private static void delete(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
