package dev.waybill.server.garbage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.api.registry.WhyKept;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.artifact.SqlKeeps;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.blob.FileBlobStore;
import dev.waybill.server.blob.InUse;
import dev.waybill.server.blob.Upload;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.registry.Hooks;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.PullRules;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.SqlTombstones;
import dev.waybill.server.registry.Tombstones;
import dev.waybill.server.tag.LedgerTagFacts;
import dev.waybill.server.tag.TagRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What goes, what stays, and what comes back, on every database. */
abstract class GarbageContract {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final ApplicationName OTHER = new ApplicationName("other");
    private static final ActorName BUILDER = new ActorName("builder");
    private static final ActorName ADMIN = new ActorName("admin");
    private static final SweepRequest GO = new SweepRequest(false, false);

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final Keeps keeps = new SqlKeeps();
    private Database database;
    private Ledger ledger;
    private BlobStore blobs;
    private Registry registry;
    private Garbage garbage;

    abstract TestDatabases.Place place(Path directory);

    @BeforeEach
    void open() throws IOException {
        database = place(directory).open();
        blobs = new FileBlobStore(directory.resolve("blobs"));
        ledger = FileLedger.open(database, directory.resolve("data"), null, clock);
        Hooks hooks = new Hooks(
                TagRules.DEFAULT,
                new LedgerTagFacts(ledger),
                (application, commit, manifest, by) -> new dev.waybill.server.tag.Fact() {
                    @Override
                    public boolean holds(dev.waybill.server.db.Tx tx) {
                        return true;
                    }

                    @Override
                    public void append(dev.waybill.server.db.Tx tx) {}
                },
                keeps::isKept,
                PullRules.NONE,
                (tx, repository, digest) -> List.of(),
                new SqlTombstones(Terms.DEFAULT.rest()),
                new InUse(),
                Limits.DEFAULT);
        registry = new Registry(database, blobs, hooks, clock);
        garbage = new Garbage(new Garbage.Ground(database, blobs, registry, keeps, clock), hooks, Terms.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        ledger.close();
        database.close();
    }

    @Test
    void what_was_never_promoted_goes_after_ninety_days_and_a_commit_s_own_tag_does_not_keep_it() throws IOException {
        Digest artifact = image(SHOP, "one", null, "a".repeat(40));

        later(Duration.ofDays(89));
        assertThat(garbage.collect(GO, ADMIN).manifests()).isZero();
        later(Duration.ofDays(2));
        Sweep sweep = garbage.collect(GO, ADMIN);

        assertThat(sweep.manifests()).isEqualTo(1);
        assertThat(sweep.taken()).extracting(Sweep.Taken::digest).contains(artifact);
        assertThat(isThere(SHOP, artifact)).isFalse();
        assertThat(registry.tags().find(SHOP, new Version("a".repeat(40)))).isEmpty();
        WhyKept.Removed removed = Objects.requireNonNull(place(artifact).removed());
        assertThat(removed.why()).contains("never promoted", "90 days");
        assertThat(removed.by()).isEqualTo(ADMIN);
    }

    @Test
    void what_a_tag_a_keep_an_index_or_a_subject_reaches_stays_for_ever() throws IOException {
        Digest tagged = image(SHOP, "tagged", null, "1.0.0");
        Digest kept = image(SHOP, "kept", null);
        database.change(tx -> keeps.keep(tx, kept, new Keeps.Reason("release production/shop#1", BUILDER)));
        Digest member = image(SHOP, "member", null);
        Digest index = index(SHOP, List.of(member), "2.0.0");
        Digest evidence = image(SHOP, "evidence", kept);
        Digest loose = image(SHOP, "loose", null);
        Digest itsEvidence = image(SHOP, "evidence of loose", loose);

        later(Duration.ofDays(400));
        garbage.collect(GO, ADMIN);

        for (Digest digest : List.of(tagged, kept, member, index, evidence)) {
            assertThat(isThere(SHOP, digest)).as(digest.toString()).isTrue();
            assertThat(digest.equals(index) || open(SHOP, layer(digest))).isTrue();
        }
        assertThat(isThere(SHOP, loose)).isFalse();
        assertThat(isThere(SHOP, itsEvidence)).isFalse();
        assertThat(place(evidence).reasons()).singleElement().satisfies(r -> {
            assertThat(r.because()).contains("release production/shop#1", "builder");
            assertThat(r.through()).containsExactly(kept);
        });
        assertThat(place(member).reasons()).singleElement().satisfies(r -> {
            assertThat(r.because()).contains("tag 2.0.0");
            assertThat(r.through()).containsExactly(index);
        });
    }

    @Test
    void bytes_leave_the_disk_only_a_week_later_and_only_if_no_repository_needs_them() throws IOException {
        Digest here = image(SHOP, "same", null);
        Digest there = image(OTHER, "same", null, "1.0.0");
        Digest lonely = image(SHOP, "lonely", null);
        Digest lonelyLayer = Digest.sha256(text("lonely"));

        later(Duration.ofDays(91));
        assertThat(here).isEqualTo(there);
        garbage.collect(GO, ADMIN);
        assertThat(blobs.open(lonelyLayer)).as("it may come back").isPresent();
        later(Duration.ofDays(8));
        Sweep second = garbage.collect(GO, ADMIN);

        assertThat(second.freed()).isPositive();
        assertThat(blobs.open(lonelyLayer)).isEmpty();
        assertThat(blobs.open(lonely)).isEmpty();
        assertThat(open(OTHER, layer(there))).isTrue();
        assertThat(place(lonely).removed()).satisfies(r -> assertThat(r.gone()).isTrue());
        assertThatThrownBy(() -> garbage.restore(SHOP, lonely, ADMIN)).hasMessageContaining("time to come back ended");
    }

    @Test
    void what_was_taken_out_comes_back_whole_while_its_time_lasts() throws IOException {
        Digest member = image(SHOP, "member", null);
        Digest index = index(SHOP, List.of(member));
        later(Duration.ofDays(91));
        garbage.collect(GO, ADMIN);
        assertThat(isThere(SHOP, member)).isFalse();
        later(Duration.ofDays(6));

        garbage.restore(SHOP, index, ADMIN);

        assertThat(isThere(SHOP, index)).isTrue();
        assertThat(isThere(SHOP, member)).isTrue();
        assertThat(open(SHOP, Digest.sha256(text("member")))).isTrue();
        later(Duration.ofDays(30));
        garbage.collect(GO, ADMIN);
        assertThat(open(SHOP, Digest.sha256(text("member"))))
                .as("it began anew")
                .isTrue();
    }

    @Test
    void what_a_client_deletes_leaves_a_tombstone_too() throws IOException {
        Digest digest = image(SHOP, "one", null);
        registry.manifests().delete(SHOP, digest, BUILDER, names -> {});

        assertThat(place(digest).removed())
                .satisfies(r -> assertThat(r.why()).isEqualTo("deleted"))
                .satisfies(r -> assertThat(r.by()).isEqualTo(BUILDER));
        garbage.restore(SHOP, digest, ADMIN);
        assertThatThrownBy(() -> garbage.restore(SHOP, digest, ADMIN)).hasMessageContaining("NOT_AWAY");

        assertThat(isThere(SHOP, digest)).isTrue();
        assertThat(place(digest).removed()).isNull();
    }

    @Test
    void a_blob_that_nothing_refers_to_yet_has_a_day_and_asking_for_it_gives_it_another() throws IOException {
        byte[] bytes = text("pushed before its manifest");
        Digest blob = Digest.sha256(bytes);
        registry.contents().put(SHOP, blob, bytes);

        later(Duration.ofHours(23));
        garbage.collect(GO, ADMIN);
        assertThat(registry.contents().size(SHOP, blob)).hasValue(bytes.length);
        later(Duration.ofHours(23));
        garbage.collect(GO, ADMIN);
        assertThat(open(SHOP, blob)).isTrue();
        later(Duration.ofHours(2));
        garbage.collect(GO, ADMIN);

        assertThat(open(SHOP, blob)).isFalse();
    }

    @Test
    void a_run_that_would_take_out_too_much_takes_out_nothing_until_somebody_says_so() throws IOException {
        Garbage careful = careful(breaking(new Breaker(2, 1000, 1 << 30, 20)));
        for (int i = 0; i < 5; i++) {
            image(SHOP, "loose " + i, null);
        }
        image(SHOP, "tagged", null, "1.0.0");
        later(Duration.ofDays(91));

        Sweep refused = careful.collect(GO, ADMIN);
        assertThat(refused.manifests()).isZero();
        assertThat(refused.refused()).contains("5 of 6 manifests", "--even-many");
        Sweep plan = careful.collect(new SweepRequest(true, false), ADMIN);
        assertThat(plan.manifests()).isEqualTo(5);
        assertThat(plan.refused()).isNotNull();

        assertThat(careful.collect(new SweepRequest(false, true), ADMIN).manifests())
                .isEqualTo(5);
    }

    @Test
    void nothing_expires_where_the_server_was_told_so() throws IOException {
        Digest digest = image(SHOP, "one", null);
        later(Duration.ofDays(4000));

        Garbage forever = careful(Terms.DEFAULT.keeping(null));

        assertThat(forever.collect(GO, ADMIN).manifests()).isZero();
        assertThat(isThere(SHOP, digest)).isTrue();
    }

    @Test
    void bytes_that_a_crash_left_without_a_row_go_after_a_day() throws IOException {
        byte[] bytes = text("never acknowledged");
        Digest orphan = Digest.sha256(bytes);
        blobs.put(orphan, bytes);
        age(orphan, now);

        later(Duration.ofHours(20));
        garbage.collect(GO, ADMIN);
        assertThat(blobs.open(orphan)).isPresent();
        later(Duration.ofHours(5));
        garbage.collect(GO, ADMIN);

        assertThat(blobs.open(orphan)).isEmpty();
    }

    @Test
    void damaged_bytes_are_put_aside_and_healed_by_the_next_push() throws Exception {
        byte[] bytes = text("will rot");
        Digest blob = Digest.sha256(bytes);
        registry.contents().put(SHOP, blob, bytes);
        assertThat(garbage.scrubber().round(b -> true)).isZero();
        later(Scrubber.AGAIN.plusDays(1));
        Files.write(file(blob), text("has rotten"));
        age(blob, now.minus(Duration.ofDays(1)));

        assertThat(garbage.scrubber().round(b -> true)).isEqualTo(1);

        assertThat(open(SHOP, blob)).isFalse();
        assertThat(registry.contents().size(SHOP, blob))
                .as("so that clients push it again")
                .isEmpty();
        assertThat(garbage.why(blob, name -> true).orElseThrow().bytes().whole())
                .isFalse();
        try (Stream<Path> aside = Files.list(directory.resolve("blobs/damaged"))) {
            assertThat(aside).hasSize(1);
        }
        registry.contents().put(SHOP, blob, bytes);
        assertThat(open(SHOP, blob)).isTrue();
        assertThat(garbage.storage(name -> true).damaged()).isEqualTo(1);
        later(Duration.ofSeconds(1));
        age(blob, now);
        later(Duration.ofSeconds(1));
        garbage.scrubber().round(b -> true);
        assertThat(garbage.storage(name -> true).damaged()).isZero();
    }

    @Test
    void the_cut_fallback_tag_of_a_sha512_keeps_as_any_tag_does() throws IOException {
        Digest listed = image(SHOP, "referrers of something", null, "sha512-" + "a".repeat(64));
        later(Duration.ofDays(400));

        garbage.collect(GO, ADMIN);

        assertThat(isThere(SHOP, listed)).isTrue();
    }

    @Test
    void bytes_of_a_digest_that_is_kept_never_leave_the_disk() throws IOException {
        Digest digest = image(SHOP, "one", null);
        later(Duration.ofDays(91));
        garbage.collect(GO, ADMIN);
        database.change(tx -> keeps.keep(tx, digest, new Keeps.Reason("release production/shop#1", BUILDER)));
        later(Duration.ofDays(8));

        garbage.collect(GO, ADMIN);

        assertThat(blobs.open(digest)).isPresent();
    }

    @Test
    void what_was_taken_out_again_meanwhile_has_its_whole_time() {
        SqlTombstones tombstones = new SqlTombstones(Terms.DEFAULT.rest());
        for (Tombstones.Kind kind : Tombstones.Kind.values()) {
            Digest digest = Digest.sha256(text(kind.name()));
            Tombstones.Tombstone first = tombstone(tombstones, kind, digest);
            database.change(tx -> tombstones.put(tx, first));
            later(Terms.DEFAULT.rest());
            database.change(tx -> tombstones.put(tx, tombstone(tombstones, kind, digest)));

            database.change(tx -> tombstones.end(tx, first, now));

            assertThat(database.<Boolean>read(tx -> tombstones.isRestorable(tx, digest, now)))
                    .isTrue();
            List<Tombstones.Tombstone> left = database.read(tx -> tombstones.of(tx, digest));
            assertThat(left)
                    .singleElement()
                    .satisfies(t -> assertThat(t.goneAt()).isNull());
        }
    }

    private Tombstones.Tombstone tombstone(Tombstones tombstones, Tombstones.Kind kind, Digest digest) {
        return new Tombstones.Tombstone(SHOP, digest, kind, null, 1, tombstones.removal(now, BUILDER, "deleted"), null);
    }

    @Test
    void nothing_comes_back_whose_part_lost_its_bytes() throws IOException {
        Digest digest = image(SHOP, "one", null);
        later(Duration.ofDays(91));
        garbage.collect(GO, ADMIN);
        Files.delete(file(Digest.sha256(text("one"))));

        assertThatThrownBy(() -> garbage.restore(SHOP, digest, ADMIN)).hasMessageContaining("its bytes are damaged");
        assertThat(isThere(SHOP, digest)).isFalse();
    }

    @Test
    void a_stranger_learns_nothing_of_repositories_that_it_may_not_read() throws IOException {
        Digest digest = image(SHOP, "one", null, "1.0.0");

        assertThat(garbage.why(digest, name -> false)).isEmpty();
        assertThat(garbage.storage(name -> false).repositories()).isEmpty();
        assertThat(garbage.storage(name -> true).repositories()).singleElement().satisfies(r -> {
            assertThat(r.name()).isEqualTo(SHOP);
            assertThat(r.manifests()).isEqualTo(1);
            assertThat(r.blobs()).isEqualTo(2);
        });
    }

    private static Terms breaking(Breaker breaker) {
        return new Terms(Duration.ofDays(90), Terms.DEFAULT.lease(), Terms.DEFAULT.rest(), breaker);
    }

    @Test
    void a_digest_that_is_a_manifest_and_a_blob_goes_and_comes_back_as_each() throws IOException {
        Digest both = image(SHOP, "both", null);
        byte[] bytes = registry.manifests().bytes(registry.manifests().require(SHOP, new Reference.ByDigest(both)));
        registry.contents().put(SHOP, both, bytes);
        assertThat(places(both)).extracting(WhyKept.Place::kind).containsExactly("manifest", "blob");

        registry.manifests().delete(SHOP, both, BUILDER, names -> {});
        assertThat(registry.contents().delete(SHOP, both, ADMIN)).isTrue();

        assertThat(places(both)).extracting(WhyKept.Place::kind).containsExactly("blob", "manifest");
        assertThat(places(both))
                .extracting(p -> Objects.requireNonNull(p.removed()).by())
                .containsExactly(ADMIN, BUILDER);
        registry.contents().put(SHOP, both, bytes);
        assertThat(places(both).getFirst().removed()).as("the blob is back").isNull();
        garbage.restore(SHOP, both, ADMIN);
        assertThat(isThere(SHOP, both))
                .as("and does not stand for the manifest")
                .isTrue();
    }

    @Test
    void a_blob_that_was_taken_out_comes_back_by_itself_too() throws IOException {
        byte[] bytes = text("a blob of nothing");
        Digest blob = Digest.sha256(bytes);
        registry.contents().put(SHOP, blob, bytes);
        registry.contents().delete(SHOP, blob, BUILDER);

        garbage.restore(SHOP, blob, ADMIN);

        assertThat(open(SHOP, blob)).isTrue();
        assertThat(places(blob))
                .singleElement()
                .satisfies(p -> assertThat(p.removed()).isNull());
    }

    @Test
    void a_manifest_that_is_listed_without_bytes_is_not_called_restored() throws IOException {
        Digest digest = image(SHOP, "one", null);
        Files.delete(file(digest));

        assertThatThrownBy(() -> garbage.restore(SHOP, digest, ADMIN)).hasMessageContaining("its bytes left the disk");
    }

    @Test
    void a_sparse_index_comes_back_as_it_was() throws IOException {
        ApplicationName scratch = new ApplicationName("scratch/shop");
        Digest member = image(scratch, "member", null);
        Digest index = index(scratch, List.of(member));
        registry.manifests().delete(scratch, member, BUILDER, names -> {});
        later(Duration.ofDays(8));
        garbage.collect(GO, ADMIN);
        registry.manifests().delete(scratch, index, BUILDER, names -> {});

        garbage.restore(scratch, index, ADMIN);

        assertThat(isThere(scratch, index)).isTrue();
        assertThat(isThere(scratch, member)).isFalse();
    }

    @Test
    void why_names_some_reasons_and_places_and_counts_the_rest() throws IOException {
        for (int i = 0; i < 30; i++) {
            image(SHOP, "tagged " + i, null, "1.0." + i);
            image(new ApplicationName("team/app" + i), "tagged", null);
        }
        Digest shared = Digest.sha256(text("{}"));

        WhyKept why = garbage.why(shared, name -> true).orElseThrow();

        assertThat(why.places()).hasSize(20);
        assertThat(why.otherPlaces()).isEqualTo(11);
        WhyKept.Place place = why.places().getFirst();
        assertThat(place.repository()).isEqualTo(SHOP);
        assertThat(place.reasons()).hasSizeBetween(20, 21);
        assertThat(place.otherReasons()).isEqualTo(40);
        assertThat(garbage.why(shared, Scope.of(SHOP)::equals).orElseThrow().otherPlaces())
                .as("of what the asker may read")
                .isZero();
    }

    @Test
    void a_run_that_would_take_out_too_many_blobs_or_bytes_takes_out_nothing() throws IOException {
        for (int i = 0; i < 5; i++) {
            byte[] bytes = text("loose " + i);
            registry.contents().put(SHOP, Digest.sha256(bytes), bytes);
        }
        later(Duration.ofDays(2));

        Sweep blobs = careful(breaking(new Breaker(1, 2, 1 << 30, 20))).collect(GO, ADMIN);
        Sweep bytes = careful(breaking(new Breaker(1, 100, 10, 20))).collect(GO, ADMIN);

        assertThat(blobs.refused()).contains("5 of 5 blobs", "--even-many");
        assertThat(bytes.refused()).contains("35 of 35 bytes");
        assertThat(garbage.collect(GO, ADMIN).blobs()).isEqualTo(5);
    }

    @Test
    void whoever_only_looks_at_what_would_go_holds_up_no_collection() throws Exception {
        image(SHOP, "one", null);
        later(Duration.ofDays(91));
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch collected = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        Garbage watched = careful(Terms.DEFAULT, () -> {
            if (first.getAndSet(false)) {
                looking.countDown();
                await(collected);
            }
        });
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Sweep> look = threads.submit(() -> watched.collect(new SweepRequest(true, false), ADMIN));
            await(looking);
            try {
                assertThat(watched.collect(GO, ADMIN).manifests()).isEqualTo(1);
            } finally {
                collected.countDown();
            }
            assertThat(look.get().dryRun()).isTrue();
        }
        assertThat(Objects.requireNonNull(watched.overview(1).next()).manifests())
                .as("what that look saw is no more")
                .isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void a_page_that_is_loaded_again_shows_the_look_of_seconds_ago_and_a_dry_run_a_new_one() throws IOException {
        Digest kept = image(SHOP, "one", null);
        later(Duration.ofDays(91));
        assertThat(wouldGo()).isEqualTo(1);
        database.change(tx -> keeps.keep(tx, kept, new Keeps.Reason("release production/shop#1", BUILDER)));

        assertThat(wouldGo()).isEqualTo(1);
        later(Duration.ofSeconds(10));
        assertThat(wouldGo()).isZero();
        database.change(tx -> keeps.release(tx, kept, "release production/shop#1"));
        assertThat(garbage.collect(new SweepRequest(true, false), ADMIN).manifests())
                .isEqualTo(1);
        assertThat(wouldGo()).isEqualTo(1);
    }

    private long wouldGo() throws IOException {
        return Objects.requireNonNull(garbage.overview(1).next()).manifests();
    }

    @Test
    void a_plan_counts_the_blobs_that_go_with_their_manifests_and_a_run_takes_out_what_was_planned()
            throws IOException {
        image(SHOP, "one", null);
        image(SHOP, "two", null);
        image(SHOP, "kept", null, "1.0.0");
        later(Duration.ofDays(91));

        Sweep plan = garbage.collect(new SweepRequest(true, false), ADMIN);
        Sweep run = garbage.collect(GO, ADMIN);

        assertThat(plan.blobs())
                .as("their layers; the configuration is of the third too")
                .isEqualTo(2);
        assertThat(run.taken()).containsExactlyInAnyOrderElementsOf(plan.taken());
    }

    @Test
    void a_push_that_takes_longer_than_the_lease_of_its_first_blob_keeps_it() throws IOException {
        byte[] first = text("the first layer");
        registry.contents().put(SHOP, Digest.sha256(first), first);
        registry.contents().put(OTHER, Digest.sha256(first), first);
        Upload second = registry.contents().begin(SHOP, BUILDER);
        later(Duration.ofHours(30));
        Files.setLastModifiedTime(
                directory.resolve("blobs/uploads").resolve(second.id()), FileTime.from(now.minus(Duration.ofHours(1))));

        garbage.collect(GO, ADMIN);

        assertThat(open(SHOP, Digest.sha256(first))).isTrue();
        assertThat(open(OTHER, Digest.sha256(first)))
                .as("nothing is on its way there")
                .isFalse();
    }

    @Test
    void asking_for_a_blob_gives_it_a_day_less_an_hour_at_least() throws IOException {
        byte[] bytes = text("asked for");
        Digest blob = Digest.sha256(bytes);
        registry.contents().put(SHOP, blob, bytes);
        later(Duration.ofHours(11));
        assertThat(registry.contents().size(SHOP, blob)).isPresent();
        later(Duration.ofHours(22));

        garbage.collect(GO, ADMIN);

        assertThat(open(SHOP, blob)).isTrue();
    }

    @Test
    void an_upload_that_nobody_goes_on_with_ends_after_a_week() throws IOException {
        Upload old = registry.contents().begin(SHOP, BUILDER);
        Files.setLastModifiedTime(directory.resolve("blobs/uploads").resolve(old.id()), FileTime.from(now));
        later(Duration.ofDays(8));

        garbage.collect(GO, ADMIN);

        assertThatThrownBy(() -> registry.contents().upload(SHOP, old.id()))
                .hasMessageStartingWith("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void nothing_is_remembered_of_bytes_that_are_gone() throws Exception {
        Digest gone = Digest.sha256(text("nobody has this"));
        CheckStore checks = new SqlCheckStore();
        database.change(tx -> checks.put(tx, gone, new CheckStore.Check(now, false)));

        garbage.collect(GO, ADMIN);

        assertThat(database.<Boolean>read(tx -> checks.find(tx, gone).isPresent()))
                .isFalse();
    }

    @Test
    void indexes_that_share_their_members_are_walked_once_each_and_not_on_every_path() throws IOException {
        List<Digest> level = List.of(image(SHOP, "left", null), image(SHOP, "right", null));
        for (int depth = 0; depth < 30; depth++) {
            level = List.of(index(SHOP, level), index(SHOP, List.of(level.getLast(), level.getFirst())));
        }
        later(Duration.ofDays(91));

        assertThat(garbage.collect(GO, ADMIN).manifests()).isEqualTo(62);
    }

    @Test
    void a_manifest_without_its_bytes_stops_no_collection_and_goes_as_any_other() throws IOException {
        Digest broken = image(SHOP, "broken", null);
        Digest other = image(SHOP, "other", null);
        Files.delete(file(broken));
        later(Duration.ofDays(91));

        garbage.collect(GO, ADMIN);
        later(Duration.ofDays(8));
        garbage.collect(GO, ADMIN);

        assertThat(isThere(SHOP, broken)).isFalse();
        assertThat(isThere(SHOP, other)).isFalse();
        assertThat(blobs.open(other)).isEmpty();
    }

    private List<WhyKept.Place> places(Digest digest) throws IOException {
        return garbage.why(digest, name -> true).orElseThrow().places();
    }

    private Garbage careful(Terms terms) {
        return careful(terms, () -> {});
    }

    /** @param asked runs whenever somebody asks what keeps a digest */
    private Garbage careful(Terms terms, Runnable asked) {
        Hooks hooks = new Hooks(
                TagRules.DEFAULT,
                new LedgerTagFacts(ledger),
                (application, commit, manifest, by) -> {
                    throw new AssertionError("No commit is pushed here");
                },
                keeps::isKept,
                PullRules.NONE);
        Keeps watched = new Keeps() {
            @Override
            public void keep(Tx tx, Digest digest, Reason reason) {
                keeps.keep(tx, digest, reason);
            }

            @Override
            public boolean release(Tx tx, Digest digest, String why) {
                return keeps.release(tx, digest, why);
            }

            @Override
            public boolean isKept(Tx tx, Digest digest) {
                asked.run();
                return keeps.isKept(tx, digest);
            }

            @Override
            public List<Reason> reasons(Tx tx, Digest digest) {
                asked.run();
                return keeps.reasons(tx, digest);
            }
        };
        return new Garbage(new Garbage.Ground(database, blobs, registry, watched, clock), hooks, terms);
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    private void age(Digest digest, Instant at) throws IOException {
        Files.setLastModifiedTime(file(digest), FileTime.from(at));
    }

    private Path file(Digest digest) {
        return directory.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    private WhyKept.Place place(Digest digest) throws IOException {
        return garbage.why(digest, name -> true).orElseThrow().places().getLast();
    }

    private boolean isThere(ApplicationName repository, Digest digest) {
        return registry.manifests()
                .find(repository, new Reference.ByDigest(digest))
                .isPresent();
    }

    private boolean open(ApplicationName repository, Digest digest) throws IOException {
        var blob = registry.contents().open(repository, digest);
        if (blob.isPresent()) {
            blob.get().close();
        }
        return blob.isPresent();
    }

    /** The layer of an image made here. */
    private Digest layer(Digest image) {
        return registry.manifests().links(SHOP, image).isEmpty()
                ? registry.manifests().links(OTHER, image).getLast().digest()
                : registry.manifests().links(SHOP, image).stream()
                        .map(l -> l.digest())
                        .reduce((a, b) -> b)
                        .orElseThrow();
    }

    private Digest image(ApplicationName repository, String text, @Nullable Digest subject, String... tags)
            throws IOException {
        byte[] config = text("{}");
        byte[] layer = text(text);
        registry.contents().put(repository, Digest.sha256(config), config);
        registry.contents().put(repository, Digest.sha256(layer), layer);
        ObjectNode manifest = Json.object();
        manifest.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.manifest.v1+json");
        descriptor(manifest.putObject("config"), "application/vnd.oci.empty.v1+json", config);
        descriptor(manifest.putArray("layers").addObject(), "text/plain", layer);
        if (subject != null) {
            manifest.putObject("subject")
                    .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                    .put("digest", subject.toString())
                    .put("size", 1);
        }
        return push(repository, manifest, tags);
    }

    private Digest index(ApplicationName repository, List<Digest> members, String... tags) throws IOException {
        ObjectNode index = Json.object();
        index.put("schemaVersion", 2).put("mediaType", "application/vnd.oci.image.index.v1+json");
        var list = index.putArray("manifests");
        for (Digest member : members) {
            list.addObject()
                    .put("mediaType", "application/vnd.oci.image.manifest.v1+json")
                    .put("digest", member.toString())
                    .put(
                            "size",
                            registry.manifests()
                                    .require(repository, new Reference.ByDigest(member))
                                    .size());
        }
        return push(repository, index, tags);
    }

    private Digest push(ApplicationName repository, ObjectNode manifest, String... tags) throws IOException {
        List<Version> names = Stream.of(tags).map(Version::new).toList();
        return registry.manifests()
                .put(new Manifests.Push(repository, null, null, names, BUILDER), Json.write(manifest))
                .digest();
    }

    private static void descriptor(ObjectNode into, String mediaType, byte[] bytes) {
        into.put("mediaType", mediaType)
                .put("digest", Digest.sha256(bytes).toString())
                .put("size", bytes.length);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
