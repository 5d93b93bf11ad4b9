package dev.waybill.server;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.db.Database;
import dev.waybill.server.garbage.Garbage;
import dev.waybill.server.quota.OpenUploads;
import dev.waybill.server.quota.Quotas;
import dev.waybill.server.traffic.Meters;
import dev.waybill.server.traffic.Meters.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the server tells of itself beside its traffic. Each is read when somebody asks; counts over all that is stored only
 * once a minute.
 */
final class Figures {
    /** Applications and agents that have series of their own, by name. */
    private static final int SERIES = 500;

    private static final long AGAIN_NANOS = 60_000_000_000L;

    private final Meters meters;
    private final Floor floor;
    private final Rooms rooms;
    private final Clock clock;
    private final Minute<Garbage.Watch> watched;
    private final Minute<List<Quota>> quotas;

    Figures(Meters meters, Floor floor, Rooms rooms) {
        this.meters = meters;
        this.floor = floor;
        this.rooms = rooms;
        this.clock = floor.clock();
        this.watched = new Minute<>(rooms.garbage()::watch);
        this.quotas = new Minute<>(this::counted);
    }

    private record Quota(ApplicationName application, long limit, long used) {}

    /** A count that is taken again only when it is a minute old, however many scrape. */
    private static final class Minute<T> {
        private final Supplier<T> count;
        private @Nullable T known;
        private long at;

        Minute(Supplier<T> count) {
            this.count = count;
        }

        synchronized T get() {
            T now = known;
            if (now == null || System.nanoTime() - at > AGAIN_NANOS) {
                now = count.get();
                known = now;
                at = System.nanoTime();
            }
            return now;
        }
    }

    void add() {
        process();
        registry();
        quotas();
        ledger();
        Database database = floor.database();
        one("waybill_database_waiting", "Works that wait to write, or for a connection.", () -> database.waiting());
        meters.gauge(
                "waybill_agent_silence_seconds",
                "Since an agent was last heard of.",
                List.of("agent"),
                () -> rooms.deploy().agents().heard(SERIES).entrySet().stream()
                        .map(e -> new Sample(List.of(e.getKey().value()), age(e.getValue())))
                        .toList());
    }

    private void process() {
        double started = ManagementFactory.getRuntimeMXBean().getStartTime() / 1000.0;
        one("process_start_time_seconds", "When the server started, in seconds since 1970.", () -> started);
        one(
                "waybill_heap_used_bytes",
                "Of the heap.",
                () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        one(
                "waybill_heap_max_bytes",
                "What the heap may become.",
                () -> Runtime.getRuntime().maxMemory());
        one(
                "waybill_disk_free_bytes",
                "Free under the data directory.",
                () -> floor.data().free());
    }

    private void registry() {
        watch("waybill_registry_manifests", "Linked in repositories.", Garbage.Watch::manifests);
        watch("waybill_registry_blobs", "Linked in repositories.", Garbage.Watch::blobs);
        watch(
                "waybill_registry_linked_bytes",
                "Of all links; what two repositories share counts twice.",
                Garbage.Watch::bytes);
        watch("waybill_garbage_taken_bytes", "What the last collection took out.", Garbage.Watch::taken);
        watch("waybill_garbage_freed_bytes", "What left the disk in the last collection.", Garbage.Watch::freed);
        watch(
                "waybill_scrub_digests",
                "Digests whose bytes were read again as a whole.",
                w -> w.read().digests());
        watch(
                "waybill_scrub_damaged",
                "Of these, not what their name says.",
                w -> w.read().damaged());
        since("waybill_garbage_age_seconds", "Since the last collection.", Garbage.Watch::collected);
        since(
                "waybill_scrub_age_seconds",
                "Since bytes were last read again.",
                w -> w.read().newest());
        since(
                "waybill_scrub_oldest_seconds",
                "Since the bytes that wait longest were read.",
                w -> w.read().oldest());
        one("waybill_uploads_open", "Uploads that are open.", () -> uploads().uploads());
        one("waybill_uploads_open_bytes", "What came of them.", () -> uploads().bytes());
    }

    private OpenUploads.Sum uploads() {
        try {
            return rooms.registry().uploads().sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void quotas() {
        limited("waybill_quota_bytes", "What an application may hold.", Quota::limit);
        limited("waybill_quota_used_bytes", "What it holds.", Quota::used);
    }

    private void limited(String name, String help, ToDoubleFunction<Quota> value) {
        meters.gauge(
                name,
                help,
                List.of("application"),
                () -> quotas.get().stream()
                        .map(one -> new Sample(List.of(one.application().value()), value.applyAsDouble(one)))
                        .toList());
    }

    private List<Quota> counted() {
        Quotas all = rooms.registry().quotas();
        return rooms.registry().contents().repositories().stream()
                .filter(one -> all.limit(one).isPresent())
                .limit(SERIES)
                .map(one -> new Quota(one, all.limit(one).orElseThrow(), all.used(one)))
                .toList();
    }

    private void ledger() {
        one(
                "waybill_ledger_entries",
                "Statements in the ledger.",
                () -> floor.database().read(floor.ledger()::size));
        meters.gauge(
                "waybill_ledger_checkpoint_age_seconds",
                "Since the newest checkpoint was signed; one is signed when the ledger grows.",
                List.of(),
                () -> floor.database().read(floor.ledger()::checkpointedAt).stream()
                        .map(at -> Sample.of(age(at)))
                        .toList());
        one(
                "waybill_ledger_read_only",
                "1 while the ledger refuses to grow.",
                () -> floor.ledger().readOnly().isPresent() ? 1 : 0);
    }

    @FunctionalInterface
    private interface Value {
        double now();
    }

    private void one(String name, String help, Value value) {
        meters.gauge(name, help, List.of(), () -> List.of(Sample.of(value.now())));
    }

    private void watch(String name, String help, ToDoubleFunction<Garbage.Watch> value) {
        one(name, help, () -> value.applyAsDouble(watched.get()));
    }

    /** Left out while it never was. */
    private void since(String name, String help, Function<Garbage.Watch, @Nullable Instant> at) {
        meters.gauge(name, help, List.of(), () -> {
            Instant then = at.apply(watched.get());
            return then == null ? List.of() : List.of(Sample.of(age(then)));
        });
    }

    private double age(Instant at) {
        return Math.max(0, (clock.millis() - at.toEpochMilli()) / 1000.0);
    }
}
