package dev.waybill.server.artifact;

import static dev.waybill.server.artifact.Rooms.PACKER;
import static dev.waybill.server.artifact.Rooms.SHOP;
import static dev.waybill.server.artifact.Rooms.commit;
import static dev.waybill.server.artifact.Rooms.request;
import static dev.waybill.server.artifact.Rooms.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.FileFound;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.db.Tx;
import dev.waybill.server.layer.LayerIndex;
import dev.waybill.server.ledger.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the room of artifacts promises, on each database. */
abstract class ArtifactContract {
    @TempDir
    Path data;

    private Rooms rooms;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        rooms = new Rooms(place(), data);
    }

    @AfterEach
    void close() {
        rooms.close();
    }

    @Test
    void a_registration_is_a_row_and_a_statement_about_digest_and_commit() {
        Digest digest = rooms.push(SHOP, text("jar"));

        ArtifactInfo info = rooms.register(commit('a'), digest);

        assertThat(info.fresh()).isTrue();
        assertThat(info.kind()).isEqualTo("application/vnd.waybill.jar.v1");
        var entry = rooms.database
                .read(tx -> rooms.ledger.find(tx, info.statement()))
                .orElseThrow();
        assertThat(entry.index()).isEqualTo(info.index());
        assertThat(entry.statement().isAbout(digest)).isTrue();
        Registration said = entry.statement().predicate(Registration.class, PredicateTypes.REGISTRATION);
        assertThat(said.commit()).isEqualTo(commit('a'));
        assertThat(said.via()).isEqualTo("build");
        assertThat(said.by()).isEqualTo(PACKER);
    }

    @Test
    void the_same_bytes_again_are_the_same_artifact_and_no_new_fact() {
        Digest digest = rooms.push(SHOP, text("jar"));
        ArtifactInfo first = rooms.register(commit('a'), digest);
        long size = rooms.database.read(rooms.ledger::size);

        ArtifactInfo again = rooms.register(commit('a'), digest);

        assertThat(again.fresh()).isFalse();
        assertThat(again.statement()).isEqualTo(first.statement());
        assertThat(rooms.database.read(rooms.ledger::size)).isEqualTo(size);
    }

    @Test
    void other_bytes_for_the_same_commit_are_refused_and_the_registered_digest_is_named() {
        Digest first = rooms.push(SHOP, text("one"));
        Digest second = rooms.push(SHOP, text("two"));
        rooms.register(commit('a'), first);
        long size = rooms.database.read(rooms.ledger::size);

        assertThatThrownBy(() -> rooms.register(commit('a'), second))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("COMMIT_HAS_ARTIFACT")
                .hasMessageContaining(first.toString())
                .hasMessageContaining("Promote that one");
        assertThat(rooms.database.read(rooms.ledger::size)).isEqualTo(size);
        assertThat(rooms.<Boolean>reading(tx -> rooms.artifacts.find(tx, second).isEmpty()))
                .isTrue();
    }

    @Test
    void the_same_bytes_for_another_commit_are_refused() {
        Digest digest = rooms.push(SHOP, text("one"));
        rooms.register(commit('a'), digest);

        assertThatThrownBy(() -> rooms.register(commit('b'), digest)).hasMessageStartingWith("ARTIFACT_HAS_COMMIT");
    }

    @Test
    void of_many_at_once_one_wins_and_the_others_are_told_which() throws Exception {
        List<Digest> digests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            digests.add(rooms.push(SHOP, text("bytes " + i)));
        }
        List<Object> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Object>> calls = new ArrayList<>();
            for (Digest digest : digests) {
                calls.add(() -> {
                    try {
                        return rooms.register(commit('a'), digest).digest();
                    } catch (ProblemException e) {
                        return e.problem();
                    }
                });
            }
            for (Future<Object> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
        }

        List<Object> winners =
                outcomes.stream().filter(o -> o instanceof Digest).toList();
        assertThat(winners).hasSize(1);
        assertThat(outcomes.stream().filter(o -> !(o instanceof Digest)).map(Object::toString))
                .hasSize(7)
                .allMatch(t -> t.contains("COMMIT_HAS_ARTIFACT")
                        && t.contains(winners.get(0).toString()));
        assertThat(rooms.<List<?>>reading(tx -> rooms.ledger.ofType(tx, PredicateTypes.REGISTRATION, -1, 100)))
                .hasSize(1);
    }

    @Test
    void what_was_not_pushed_to_the_application_cannot_be_registered() {
        Digest elsewhere = rooms.push(new ApplicationName("other"), text("jar"));

        assertThatThrownBy(() -> rooms.register(commit('a'), elsewhere)).hasMessageStartingWith("MANIFEST_UNKNOWN");
    }

    @Test
    void a_push_tagged_with_the_full_commit_registers_itself() {
        Digest digest = rooms.push(SHOP, text("jar"), commit('c').value());

        Artifact artifact =
                rooms.reading(tx -> rooms.artifacts.find(tx, SHOP, commit('c'))).orElseThrow();
        assertThat(artifact.digest()).isEqualTo(digest);
        assertThat(artifact.registration().via()).isEqualTo("push");
        assertThatThrownBy(() -> rooms.push(SHOP, text("other"), commit('c').value()))
                .hasMessageStartingWith("COMMIT_HAS_ARTIFACT")
                .hasMessageContaining(digest.toString());
        assertThat(rooms.push(SHOP, text("jar"), commit('c').value())).isEqualTo(digest);
    }

    @Test
    void provenance_comes_with_the_registration_signed_by_the_ingest_key() throws IOException {
        Digest digest = rooms.push(SHOP, text("jar"));
        Provenance provenance = new Provenance(
                new Provenance.BuildDefinition("https://waybill.dev/build/v1", Json.object(), null, null),
                new Provenance.RunDetails(new Provenance.Builder("https://waybill.dev/capture/v1", null), null, null));

        rooms.artifacts.register(request(SHOP, commit('a'), digest, provenance), PACKER);

        var entries = rooms.reading(tx -> rooms.ledger.about(tx, digest, PredicateTypes.PROVENANCE));
        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).signed().publicKey())
                .isEqualTo(rooms.ledger.keys().ingest().publicKey());
    }

    @Test
    void references_mean_the_artifact_by_digest_commit_prefix_and_version() {
        Digest digest = rooms.push(SHOP, text("jar"));
        rooms.register(new CommitId("abcdef12" + "0".repeat(32)), digest);
        rooms.artifacts.tag(resolve(digest.toString()), new Version("2.4.0"), PACKER);

        assertThat(resolve("shop@abcdef1").digest()).isEqualTo(digest);
        assertThat(resolve("shop:2.4.0").digest()).isEqualTo(digest);
        assertThatThrownBy(() -> resolve("shop:2.5.0")).hasMessageStartingWith("VERSION_UNKNOWN");
        assertThatThrownBy(() -> resolve("shop@1234567")).hasMessageStartingWith("ARTIFACT_UNKNOWN");
        assertThatThrownBy(() -> resolve("production/shop")).hasMessageStartingWith("RELEASE_UNKNOWN");
        assertThatThrownBy(() -> resolve("production/shop#3")).hasMessageStartingWith("RELEASE_UNKNOWN");
    }

    @Test
    void a_reference_to_an_application_that_is_not_there_says_that_and_not_that_its_commit_is_missing() {
        rooms.register(commit('a'), rooms.push(SHOP, text("jar")));

        for (String ref : List.of("shopp@abcdef1", "shopp:2.4.0", "production/shopp", "production/shopp#3")) {
            assertThatThrownBy(() -> resolve(ref))
                    .as(ref)
                    .hasMessageStartingWith("APPLICATION_UNKNOWN")
                    .hasMessageContaining("'shopp'");
        }
    }

    @Test
    void an_ambiguous_prefix_lists_the_candidates() {
        CommitId one = new CommitId("abcdef1" + "0".repeat(33));
        CommitId two = new CommitId("abcdef1" + "1".repeat(33));
        rooms.register(one, rooms.push(SHOP, text("one")));
        rooms.register(two, rooms.push(SHOP, text("two")));

        assertThatThrownBy(() -> resolve("shop@abcdef1"))
                .hasMessageStartingWith("REF_AMBIGUOUS")
                .hasMessageContaining(one.value())
                .hasMessageContaining(two.value());
        assertThat(resolve("shop@abcdef11").commit()).isEqualTo(two);
    }

    @Test
    void a_version_is_a_fact_and_never_names_other_bytes_not_even_after_it_was_removed() {
        Digest one = rooms.push(SHOP, text("one"));
        Digest two = rooms.push(SHOP, text("two"));
        rooms.register(commit('a'), one);
        rooms.register(commit('b'), two);

        ArtifactInfo tagged = rooms.artifacts.tag(resolve(one.toString()), new Version("1.0"), PACKER);

        assertThat(tagged.versions()).containsExactly(new Version("1.0"));
        var labels = rooms.reading(tx -> rooms.ledger.about(tx, one, PredicateTypes.LABEL));
        assertThat(labels).hasSize(1);
        assertThat(labels.get(0)
                        .statement()
                        .predicate(Label.class, PredicateTypes.LABEL)
                        .label())
                .isEqualTo(new Version("1.0"));
        assertThatThrownBy(() -> rooms.artifacts.tag(resolve(two.toString()), new Version("1.0"), PACKER))
                .hasMessageStartingWith("TAG_IMMUTABLE");
        rooms.registry.tags().remove(SHOP, new Version("1.0"), PACKER);
        assertThatThrownBy(() -> rooms.artifacts.tag(resolve(two.toString()), new Version("1.0"), PACKER))
                .hasMessageStartingWith("TAG_RETIRED");
        assertThatThrownBy(() -> rooms.artifacts.tag(
                        resolve(one.toString()), new Version(commit('d').value()), PACKER))
                .hasMessageStartingWith("VERSION_RESERVED");
    }

    @Test
    void lists_are_newest_first_and_go_on_from_an_index() {
        for (char c : "abc".toCharArray()) {
            rooms.register(commit(c), rooms.push(SHOP, text("bytes " + c)));
        }

        List<ArtifactInfo> first = rooms.reading(tx -> rooms.artifacts.newest(tx, SHOP, Long.MAX_VALUE, 2));
        List<ArtifactInfo> rest = rooms.reading(
                tx -> rooms.artifacts.newest(tx, SHOP, first.get(1).index(), 2));

        assertThat(first).extracting(ArtifactInfo::commit).containsExactly(commit('c'), commit('b'));
        assertThat(rest).extracting(ArtifactInfo::commit).containsExactly(commit('a'));
        assertThat(rooms.reading(rooms.artifacts::applications)).singleElement().satisfies(a -> {
            assertThat(a.artifacts()).isEqualTo(3);
            assertThat(a.newest()).isNotNull().extracting(ArtifactInfo::commit).isEqualTo(commit('c'));
        });
    }

    @Test
    void what_is_kept_is_not_deleted_until_the_last_reason_is_gone() {
        Digest digest = rooms.push(SHOP, text("jar"));
        rooms.database.change(tx -> {
            rooms.keeps.keep(tx, digest, new Keeps.Reason("release production/shop#1", PACKER));
            rooms.keeps.keep(tx, digest, new Keeps.Reason("pin", PACKER));
            rooms.keeps.release(tx, digest, "pin");
        });

        assertThatThrownBy(() -> rooms.registry.manifests().delete(SHOP, digest, PACKER, names -> {}))
                .hasMessageStartingWith("KEPT");
        rooms.database.change(tx -> rooms.keeps.release(tx, digest, "release production/shop#1"));
        assertThat(rooms.registry.manifests().delete(SHOP, digest, PACKER, names -> {}))
                .isTrue();
    }

    @Test
    void a_limited_account_pulls_what_is_permitted_and_its_parts_and_nothing_else() {
        Digest one = rooms.push(SHOP, text("one"));
        Digest two = rooms.push(SHOP, text("two"));
        rooms.register(commit('a'), one);
        rooms.register(commit('b'), two);
        Permits permits = new SqlPermits();
        EnvironmentName production = new EnvironmentName("production");
        ActorName puller = new ActorName("prod-pull");
        Slot slot = new Slot(production, SHOP);
        Consumer<Tx> limit = rooms.pullable.limit(puller, production, PACKER);
        rooms.database.change(tx -> {
            limit.accept(tx);
            permits.permit(tx, slot, one);
        });
        assertThat(mayPull(puller, one)).as("a permit without a release").isFalse();
        Signed release = released(slot, one, 'a');
        rooms.database.change(tx -> rooms.ledger.append(tx, release));

        assertThat(mayPull(puller, one)).isTrue();
        assertThat(mayPull(puller, Digest.sha256(text("one")))).isTrue();
        assertThat(mayPull(puller, two)).isFalse();
        assertThat(mayPull(puller, Digest.sha256(text("two")))).isFalse();
        assertThat(mayPull(PACKER, two)).isTrue();
        rooms.database.change(tx -> permits.forbid(tx, slot, one));
        assertThat(mayPull(puller, one)).isFalse();
    }

    @Test
    void a_limited_account_pulls_vetoed_bytes_only_while_a_release_that_was_signed_may_run_with_them() {
        Digest one = rooms.push(SHOP, text("one"));
        rooms.register(commit('a'), one);
        Slot slot = Slot.parse("production/shop");
        ActorName puller = new ActorName("prod-pull");
        Consumer<Tx> limit = rooms.pullable.limit(puller, slot.environment(), PACKER);
        Signed release = released(slot, one, 'a');
        Signed veto = vetoed(one);
        rooms.database.change(tx -> {
            limit.accept(tx);
            new SqlPermits().permit(tx, slot, one);
            rooms.ledger.append(tx, release);
            rooms.ledger.append(tx, veto);
        });

        assertThat(mayPullWhile(List.of(release.id()), puller, one)).isTrue();
        assertThat(mayPullWhile(List.of(), puller, one)).isFalse();
        assertThat(mayPullWhile(List.of(veto.id(), Digest.sha256(text("a row alone"))), puller, one))
                .isFalse();
    }

    private boolean mayPullWhile(List<Digest> mayRun, ActorName actor, Digest digest) {
        ReleaseLookup lookup = new ReleaseLookup() {
            @Override
            public Optional<Digest> approved(Tx tx, Slot slot) {
                return Optional.empty();
            }

            @Override
            public List<Digest> mayRun(Tx tx, Slot slot) {
                return mayRun;
            }

            @Override
            public Optional<Digest> of(Tx tx, ReleaseId release) {
                return Optional.empty();
            }
        };
        Pullable pullable = new Pullable(rooms.ledger, rooms.blobs, lookup, rooms.clock);
        return rooms.<Boolean>reading(tx -> pullable.mayPull(tx, actor, SHOP, digest));
    }

    private Signed vetoed(Digest artifact) {
        Mark mark = new Mark(
                Mark.Kind.VETO, false, SHOP, null, artifact, "Because of a bug.", PACKER, rooms.clock.instant());
        return rooms.ledger.keys().record().sign(Statement.of(mark, Subject.of("artifact", artifact)));
    }

    private boolean mayPull(ActorName actor, Digest digest) {
        return rooms.<Boolean>reading(tx -> rooms.pullable.mayPull(tx, actor, SHOP, digest));
    }

    private Signed released(Slot slot, Digest artifact, char commit) {
        ReleaseMade made = new ReleaseMade(
                slot,
                1,
                null,
                artifact,
                commit(commit),
                0,
                null,
                ReleaseMade.Cause.PROMOTION,
                Digest.sha256(text("summary")),
                null,
                null,
                PACKER,
                rooms.clock.instant());
        return rooms.ledger.keys().record().sign(Statement.of(made, Subject.of("artifact", artifact)));
    }

    @Test
    void a_file_is_found_as_the_jar_itself_and_inside_it_after_a_restart_too() throws IOException {
        byte[] jar = jar("com/example/Shop.class", text("class bytes"));
        Digest digest = rooms.push(SHOP, jar);
        rooms.register(commit('a'), digest);
        LayerIndex restarted = new LayerIndex(rooms.database, rooms.blobs);
        FilesInside files = new FilesInside(restarted);

        assertThat(restarted.indexNext()).isTrue();
        assertThat(restarted.indexNext()).isFalse();

        List<FileFound> whole = rooms.reading(tx -> files.find(tx, Digest.sha256(jar)));
        List<FileFound> inside = rooms.reading(tx -> files.find(tx, Digest.sha256(text("class bytes"))));
        assertThat(whole).singleElement().satisfies(f -> {
            assertThat(f.artifact()).isEqualTo(digest);
            assertThat(f.path()).isEqualTo("shop.jar");
        });
        assertThat(inside).singleElement().satisfies(f -> {
            assertThat(f.artifact()).isEqualTo(digest);
            assertThat(f.path()).isEqualTo("com/example/Shop.class");
        });
        List<FileFound> nowhere = rooms.reading(tx -> files.find(tx, Digest.sha256(text("nowhere"))));
        assertThat(nowhere).isEmpty();
    }

    /** The way to the database, gone for a moment: at the second call. */
    private record Hiccup(Database database, AtomicInteger calls) implements Database {
        private void fail() {
            if (calls.incrementAndGet() == 2) {
                throw new UncheckedIOException(new IOException("The connection was reset"));
            }
        }

        @Override
        public <T> T write(Work<T> work) {
            fail();
            return database.write(work);
        }

        @Override
        public <T> T read(Work<T> work) {
            fail();
            return database.read(work);
        }

        @Override
        public long writes() {
            return database.writes();
        }

        @Override
        public int waiting() {
            return database.waiting();
        }

        @Override
        public String engine() {
            return database.engine();
        }

        @Override
        public void close() {
            database.close();
        }
    }

    @Test
    void the_index_of_files_goes_on_when_the_database_was_away_for_a_moment() throws IOException {
        byte[] jar = jar("com/example/Shop.class", text("class bytes"));
        rooms.register(commit('a'), rooms.push(SHOP, jar));
        AtomicInteger calls = new AtomicInteger();
        try (LayerIndex index = new LayerIndex(new Hiccup(rooms.database, calls), rooms.blobs)) {
            index.start();
            long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (rooms.reading(tx -> index.find(tx, Digest.sha256(text("class bytes")), 1))
                    .isEmpty()) {
                assertThat(System.nanoTime()).as("it goes on in time").isLessThan(end);
                LockSupport.parkNanos(10_000_000);
            }
        }
        assertThat(calls.get()).isGreaterThan(2);
    }

    @Test
    void the_configuration_of_a_packed_artifact_is_read_from_its_blob() throws IOException {
        byte[] config = Json.write(Json.parse(text("{\"application\":\"shop\",\"commit\":\"" + commit('a')
                + "\",\"kind\":\"jar\",\"config\":{\"required\":[\"DATABASE_URL\"],\"optional\":[]}}")));
        Digest digest = rooms.push(SHOP, text("jar"), config);
        rooms.register(commit('a'), digest);

        ArtifactConfig read = rooms.artifacts.config(resolve(digest.toString())).orElseThrow();

        assertThat(read.commit()).isEqualTo(commit('a'));
    }

    @Test
    void a_row_that_was_changed_behind_the_ledgers_back_is_found() {
        Digest digest = rooms.push(SHOP, text("jar"));
        ArtifactInfo info = rooms.register(commit('a'), digest);
        ArtifactAudit audit = new ArtifactAudit(rooms.blobs);
        List<Finding> clean = rooms.reading(tx -> audit.check(tx, rooms.ledger));
        assertThat(clean).isEmpty();

        rooms.database.change(tx -> tx.handle()
                .execute("UPDATE artifact SET registration = replace(registration, 'packer@', 'intruder@')"));

        List<Finding> findings = rooms.reading(tx -> audit.check(tx, rooms.ledger));
        assertThat(findings).singleElement().satisfies(f -> {
            assertThat(f.code()).isEqualTo("ROW_DIFFERS");
            assertThat(f.row()).isEqualTo(digest.toString());
            assertThat(f.index()).isEqualTo(info.index());
        });
    }

    @Test
    void a_key_that_was_changed_behind_the_ledgers_back_is_found() {
        rooms.register(commit('a'), rooms.push(SHOP, text("jar")));

        rooms.database.change(tx -> tx.handle().execute("UPDATE artifact SET commit_id = '" + commit('f') + "'"));

        List<Finding> findings = rooms.reading(tx -> new ArtifactAudit(rooms.blobs).check(tx, rooms.ledger));
        assertThat(findings).extracting(Finding::code).containsExactly("ROW_DIFFERS");
    }

    private Artifact resolve(String ref) {
        return rooms.reading(tx -> rooms.artifacts.resolve(tx, Ref.parse(ref)));
    }

    private static byte[] jar(String name, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
        }
        return out.toByteArray();
    }
}
