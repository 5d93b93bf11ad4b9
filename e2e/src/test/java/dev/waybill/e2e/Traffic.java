package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.Content;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Clients that push, register, attest and promote without end, each one artifact after the other. A step that the server
 * did not acknowledge is taken again with the same content, as a build job would; what was acknowledged is remembered.
 */
final class Traffic implements AutoCloseable {
    static final ApplicationName SHOP = new ApplicationName("shop");
    static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final WaybillClient client;
    private final List<Thread> threads = new ArrayList<>();
    private final ReadWriteLock flow = new ReentrantReadWriteLock(true);
    private volatile boolean closing;

    /** Commit and artifact, once the registration was acknowledged. */
    final Map<CommitId, Digest> registered = new ConcurrentHashMap<>();
    /** Statement and its place in the ledger, once it was acknowledged; -1 where the answer names no place. */
    final Map<Digest, Long> logged = new ConcurrentHashMap<>();
    /** Answers that no client should ever get. */
    final Queue<String> faults = new ConcurrentLinkedQueue<>();

    Traffic(WaybillClient client, int clients, long seed) {
        this.client = client;
        for (int i = 0; i < clients; i++) {
            Random random = new Random(seed + i);
            threads.add(Thread.ofVirtual().name("client " + i).start(() -> loop(random)));
        }
    }

    /** Does something while every client has finished what it was at and none begins anew. */
    void resting(Check check) throws IOException {
        flow.writeLock().lock();
        try {
            check.run();
        } finally {
            flow.writeLock().unlock();
        }
    }

    /** What is looked at meanwhile. */
    @FunctionalInterface
    interface Check {
        void run() throws IOException;
    }

    private void loop(Random random) {
        try {
            while (!closing) {
                flow.readLock().lock();
                try {
                    one(random);
                } finally {
                    flow.readLock().unlock();
                }
            }
        } catch (RuntimeException e) {
            if (!closing) {
                faults.add(Thread.currentThread().getName() + ": " + e);
            }
        }
    }

    private void one(Random random) {
        byte[] jar = bytes(random, 1 + random.nextInt(200_000));
        byte[] config = "{}".getBytes(UTF_8);
        CommitId commit = new CommitId(HexFormat.of().formatHex(bytes(random, 20)));
        Manifest manifest = Manifest.of(
                "application/vnd.example.shop.v1",
                new Descriptor("application/vnd.oci.empty.v1+json", Digest.sha256(config), config.length, null),
                List.of(new Descriptor("application/java-archive", Digest.sha256(jar), jar.length, null)));
        Digest artifact = step(() -> {
            client.registry().push(SHOP, Content.of(jar));
            client.registry().push(SHOP, Content.of(config));
            return client.registry().pushManifest(SHOP, Manifest.MEDIA_TYPE, manifest.bytes());
        });
        ArtifactInfo info = step(() -> client.artifacts().register(registration(commit, artifact)));
        registered.put(commit, info.digest());
        logged.put(info.statement(), info.index());
        EvidenceInfo tested = step(() -> client.evidence().test(test(artifact, commit)));
        logged.put(tested.statement(), tested.index());
        PromotionView promoted =
                step(() -> client.promotions().promote(new PromotionRequest(artifact.toString(), DEV)));
        if (promoted.summary() != null) {
            logged.put(promoted.summary(), -1L);
        }
        ReleaseId release = promoted.release();
        if (release != null) {
            logged.put(step(() -> client.promotions().release(release)).statement(), -1L);
        }
    }

    /** Until it is acknowledged: a conversation that broke says nothing about what was done. Anything else is a fault. */
    private <T> T step(Supplier<T> step) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return step.get();
            } catch (ProblemException e) {
                if (closing || !e.problem().code().equals("SERVER_UNREACHABLE") || System.nanoTime() > end) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static RegistrationRequest registration(CommitId commit, Digest artifact) {
        Person author = new Person("Packer", "packer@example.com");
        return new RegistrationRequest(SHOP, commit, artifact, null, author, null, List.of(), "build", null);
    }

    private static TestRequest test(Digest artifact, CommitId commit) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        TestResult.Run run =
                new TestResult.Run(commit.value(), "make check", 0, now, now, new ActorName("admin"), List.of());
        return new TestRequest(SHOP, artifact, "unit", TestResult.Binding.FETCHED, run, List.of(), null);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Override
    public void close() {
        closing = true;
        for (Thread thread : threads) {
            try {
                if (!thread.join(PATIENCE)) {
                    faults.add(thread.getName() + " does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
