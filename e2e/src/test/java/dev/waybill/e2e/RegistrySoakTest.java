package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Clients push, mount, move tags, delete and pull while the collector takes out at once whatever nothing refers to, and the
 * server is killed again and again. {@code -Dwaybill.soak.operations}, {@code .kills} and {@code .seed}; {@code ./dev soak} runs it
 * long.
 */
@Tag("long")
@SuppressWarnings("NullAway.Init")
class RegistrySoakTest {
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long OPERATIONS = Long.getLong("waybill.soak.operations", 60);
    private static final long KILLS = Long.getLong("waybill.soak.kills", Math.max(1, OPERATIONS / 500));
    private static final long SEED = Long.getLong("waybill.soak.seed", System.nanoTime());

    @TempDir
    Path work;

    private ServerProcess server;
    private SoakRegistry registry;
    private final Random random = new Random(SEED);
    private final ReadWriteLock flow = new ReentrantReadWriteLock(true);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong collections = new AtomicLong();
    private final AtomicLong collected = new AtomicLong();
    private final AtomicLong freed = new AtomicLong();
    private volatile boolean closing;

    @AfterEach
    void stop() {
        closing = true;
        if (server != null) {
            server.close();
        }
    }

    @Test
    void nothing_that_was_acknowledged_is_collected_or_lost_by_a_kill() throws Exception {
        server = ServerProcess.start(work, Map.of("JAVA_TOOL_OPTIONS", "-Dwaybill.garbage.at-once=true"));
        registry = new SoakRegistry(server.url(), server.adminToken());
        List<SoakWorker> workers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            SoakWorker worker = new SoakWorker(registry, i, SEED);
            workers.add(worker);
            threads.add(Thread.ofVirtual().name("client " + i).start(() -> loop(worker::one, Duration.ZERO)));
        }
        threads.add(Thread.ofVirtual().name("collector").start(() -> loop(this::collect, Duration.ofMillis(300))));
        for (long kill = 1; kill <= KILLS; kill++) {
            until(OPERATIONS * kill / (KILLS + 1));
            LockSupport.parkNanos(random.nextLong(200_000_000));
            server.kill();
            server.again();
            checkAll(workers, "after kill " + kill);
        }
        until(OPERATIONS);
        closing = true;
        for (Thread thread : threads) {
            assertThat(thread.join(PATIENCE)).as(thread.getName()).isTrue();
        }
        checkAll(workers, "at the end");
        if (OPERATIONS >= 1000) {
            assertThat(collected.get()).as("manifests collected").isPositive();
        }
        System.out.println("soak with -Dwaybill.soak.seed=" + SEED + ": " + acknowledged + " operations, " + KILLS
                + " kills, " + collections + " collections, " + collected + " manifests taken out, " + freed
                + " bytes freed");
    }

    private void until(long operations) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long last = acknowledged.get();
        while (acknowledged.get() < operations && faults.isEmpty()) {
            long now = acknowledged.get();
            if (now > last) {
                last = now;
                end = System.nanoTime() + PATIENCE.toNanos();
            }
            assertThat(System.nanoTime()).as("operations go on").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
        requireNoFault("before " + operations + " operations");
    }

    private void requireNoFault(String when) {
        assertThat(faults)
                .as(when + ", -Dwaybill.soak.seed=" + SEED + "\n" + server.said())
                .isEmpty();
    }

    /** While nobody writes; the collector too. */
    private void checkAll(List<SoakWorker> workers, String when) throws IOException {
        flow.writeLock().lock();
        try {
            requireNoFault(when);
            for (SoakWorker worker : workers) {
                worker.checkAll();
            }
        } catch (AssertionError e) {
            throw new AssertionError(when + ", -Dwaybill.soak.seed=" + SEED + ": " + e.getMessage(), e);
        } finally {
            flow.writeLock().unlock();
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    private void loop(Operation operation, Duration pause) {
        while (!closing && faults.isEmpty()) {
            flow.readLock().lock();
            try {
                operation.run();
                acknowledged.addAndGet(pause.isZero() ? 1 : 0);
            } catch (IOException e) {
                // Not acknowledged: it may be either way.
                LockSupport.parkNanos(20_000_000);
            } catch (AssertionError | RuntimeException e) {
                faults.add(Thread.currentThread().getName() + ": " + e);
            } finally {
                flow.readLock().unlock();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void collect() throws IOException {
        byte[] wish = "{\"dryRun\":false,\"evenMany\":true}".getBytes(UTF_8);
        HttpResponse<byte[]> answer = registry.send("POST", "/api/v1/registry/collections", wish, "application/json");
        if (answer.statusCode() == 409 && new String(answer.body(), UTF_8).contains("COLLECTION_RUNNING")) {
            // The server's own, which comes from time to time.
            return;
        }
        SoakRegistry.require(answer, 200, "collection");
        JsonNode sweep = Json.parseObject(answer.body());
        collections.incrementAndGet();
        collected.addAndGet(sweep.path("manifests").asLong());
        freed.addAndGet(sweep.path("freed").asLong());
    }
}
