package dev.waybill.server.garbage;

import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.api.registry.WhyKept;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.Tombstones;
import dev.waybill.server.registry.Tombstones.Tombstone;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The room put together: what people ask about the bytes that are there, and what is done about those that nobody needs. */
public final class Garbage {
    /** What the room stands on. */
    public record Ground(Database database, BlobStore blobs, Registry registry, Keeps keeps, Clock clock) {}

    private static final int PLACES = 20;
    private static final Pattern PLACE = Pattern.compile("\\b(?:release|in) ([^ #,]+/[^ #,]+)");

    private final Ground ground;
    private final Hooks hooks;
    private final Terms terms;
    private final GarbageStore store = new SqlGarbageStore();
    private final CheckStore checks = new SqlCheckStore();
    private final Liveness liveness;
    private final Collector collector;
    private final Restore restore;

    /** @param hooks those of the registry: its tombstones, and what keeps pushes and purges apart */
    public Garbage(Ground ground, Hooks hooks, Terms terms) {
        this.ground = ground;
        this.terms = terms;
        this.hooks = hooks;
        Registry registry = ground.registry();
        this.liveness = new Liveness(registry.manifests(), registry.tags(), ground.keeps(), terms);
        Purge purge = new Purge(
                new Purge.Ground(ground.database(), ground.blobs(), hooks.inUse(), hooks.tombstones(), ground.keeps()),
                store,
                checks,
                terms.lease());
        this.collector = new Collector(
                new Collector.Ground(ground.database(), store, registry, hooks.tombstones(), ground.clock()),
                liveness,
                purge,
                terms);
        this.restore = new Restore(ground.database(), ground.blobs(), registry, hooks.tombstones(), ground.clock());
    }

    public Upkeep upkeep() {
        return new Upkeep(collector, scrubber());
    }

    Scrubber scrubber() {
        return new Scrubber(ground.database(), ground.blobs(), checks, hooks.inUse(), ground.clock());
    }

    /** Takes out what nothing keeps, or says what it would take out. */
    Sweep collect(SweepRequest request, ActorName by) throws IOException {
        return collector.run(request, by);
    }

    void restore(ApplicationName repository, Digest digest, ActorName by) throws IOException {
        restore.run(repository, digest, by);
    }

    /**
     * What operators watch.
     *
     * @param collected when a collection ended last since the start, null while none did
     * @param taken what it took out, in bytes
     * @param freed bytes that left the disk then
     */
    public record Watch(
            long manifests,
            long blobs,
            long bytes,
            @Nullable Instant collected,
            long taken,
            long freed,
            Coverage read) {}

    /**
     * How far the reading of all bytes got.
     *
     * @param stored digests that repositories refer to
     * @param digests that were read, some of which may be referred to no more
     * @param oldest when the one was read that was read the longest time ago
     */
    public record Coverage(
            long stored,
            long digests,
            long damaged,
            @Nullable Instant oldest,
            @Nullable Instant newest) {}

    /**
     * The whole of it for whoever runs the server.
     *
     * @param next what a collection would take out now; null while one runs
     * @param rested what may come back, the last ones first
     * @param damaged what is put aside
     */
    public record Overview(
            StorageView storage, Watch watch, @Nullable Sweep next, List<Tombstone> rested, List<Damage> damaged) {}

    /** Bytes that were not what their name says when they were last read. */
    public record Damage(Digest digest, Instant at) {}

    /** With so many of each list. */
    public Overview overview(int most) throws IOException {
        Instant now = ground.clock().instant();
        StorageView storage = storage(name -> true);
        return new Overview(
                storage,
                watch(),
                collector.plan(now).orElse(null),
                ground.database().read(tx -> hooks.tombstones().restorable(tx, now, most)),
                ground.database().read(tx -> checks.damage(tx, most)));
    }

    /** The stated rule. */
    public Terms terms() {
        return terms;
    }

    /** In a few counts over what is linked. */
    public Watch watch() {
        Collector.Run last = collector.last();
        return ground.database().read(tx -> {
            Breaker.Amount all = store.all(tx);
            return new Watch(
                    all.manifests(),
                    all.blobs(),
                    all.bytes(),
                    last == null ? null : last.at(),
                    last == null ? 0 : last.sweep().bytes(),
                    last == null ? 0 : last.sweep().freed(),
                    checks.coverage(tx));
        });
    }

    StorageView storage(Predicate<ApplicationName> mayRead) {
        Instant now = ground.clock().instant();
        StorageView storage = ground.database().read(tx -> store.storage(tx, now, mayRead));
        return new StorageView(
                storage.repositories().stream().map(this::withQuota).toList(),
                storage.stored(),
                storage.restorable(),
                storage.verifiedSince(),
                storage.damaged());
    }

    private StorageView.Repository withQuota(StorageView.Repository one) {
        OptionalLong limit = ground.registry().quotas().limit(one.name());
        return limit.isEmpty() ? one : one.within(limit.getAsLong());
    }

    /** Empty when no repository that the asker may read has, or had, the digest. */
    Optional<WhyKept> why(Digest digest, Predicate<Scope> mayRead) throws IOException {
        Instant now = ground.clock().instant();
        record Seen(List<WhyKept.Place> places, long others, Optional<CheckStore.Check> check) {}
        Seen seen = ground.database().read(tx -> {
            List<Supplier<WhyKept.Place>> places = places(tx, digest, mayRead, now);
            List<WhyKept.Place> shown =
                    places.stream().limit(PLACES).map(Supplier::get).toList();
            return new Seen(shown, places.size() - shown.size(), checks.find(tx, digest));
        });
        if (seen.places().isEmpty()) {
            return Optional.empty();
        }
        Optional<Blob> blob = ground.blobs().open(digest);
        if (blob.isPresent()) {
            blob.get().close();
        }
        WhyKept.Bytes bytes = new WhyKept.Bytes(
                blob.isPresent(),
                seen.check().map(CheckStore.Check::at).orElse(null),
                seen.check().map(CheckStore.Check::whole).orElse(true));
        return Optional.of(new WhyKept(digest, seen.places(), seen.others(), bytes));
    }

    /** Each is looked into only when it is shown: a base layer may be in a thousand repositories. */
    private List<Supplier<WhyKept.Place>> places(Tx tx, Digest digest, Predicate<Scope> mayRead, Instant now) {
        List<Supplier<WhyKept.Place>> places = new ArrayList<>();
        for (GarbageStore.StoredAs there : store.places(tx, digest)) {
            if (mayRead.test(Scope.of(there.repository()))) {
                places.add(() -> place(tx, digest, there, mayRead, now));
            }
        }
        for (Tombstone was : hooks.tombstones().of(tx, digest)) {
            if (mayRead.test(Scope.of(was.repository()))) {
                places.add(() -> removed(was));
            }
        }
        return places;
    }

    private WhyKept.Place place(
            Tx tx, Digest digest, GarbageStore.StoredAs there, Predicate<Scope> mayRead, Instant now) {
        Liveness.Told told = reasons(tx, digest, there, now);
        return new WhyKept.Place(
                there.repository(),
                there.kind().label(),
                there.size(),
                told(told.reasons(), mayRead),
                told.others(),
                null);
    }

    /** Whoever may not read a slot is told that something keeps it, not which release. */
    private static List<WhyKept.Reason> told(List<WhyKept.Reason> reasons, Predicate<Scope> mayRead) {
        return reasons.stream()
                .map(reason -> {
                    Matcher place = PLACE.matcher(reason.because());
                    boolean hidden = place.find() && !mayRead.test(Scope.of(Slot.parse(place.group(1))));
                    return hidden
                            ? new WhyKept.Reason(
                                    "Something in a slot that you may not read keeps it.",
                                    reason.until(),
                                    reason.through())
                            : reason;
                })
                .distinct()
                .toList();
    }

    private Liveness.Told reasons(Tx tx, Digest digest, GarbageStore.StoredAs there, Instant now) {
        Liveness.Told told = liveness.reasons(tx, new Liveness.Stored(there.repository(), digest, there.kind()), now);
        List<WhyKept.Reason> reasons = new ArrayList<>(told.reasons());
        Instant until = there.since().plus(terms.lease());
        if (there.kind() == Tombstones.Kind.BLOB && until.isAfter(now)) {
            reasons.add(new WhyKept.Reason(
                    "It was pushed or asked for less than a day ago; what refers to it may be on its way.",
                    until,
                    List.of()));
        }
        return new Liveness.Told(List.copyOf(reasons), told.others());
    }

    private static WhyKept.Place removed(Tombstone was) {
        return new WhyKept.Place(
                was.repository(),
                was.kind().label(),
                was.size(),
                List.of(),
                0,
                new WhyKept.Removed(
                        was.removal().at(),
                        was.removal().by(),
                        was.removal().why(),
                        was.removal().until(),
                        was.goneAt() != null));
    }
}
