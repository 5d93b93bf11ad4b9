package dev.waybill.server.evidence;

import static dev.waybill.server.artifact.Rooms.PACKER;
import static dev.waybill.server.artifact.Rooms.SHOP;
import static dev.waybill.server.artifact.Rooms.commit;
import static dev.waybill.server.artifact.Rooms.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleParser;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.artifact.Rooms;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.registry.Manifest;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Referrers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** What the follower that stores statements beside artifacts promises, on each database. */
abstract class ReferrerContract {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    @TempDir
    Path data;

    private Rooms rooms;
    private Evidence evidence;
    private Digest artifact;
    private Digest statement;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() throws IOException {
        rooms = new Rooms(place(), data);
        evidence = new Evidence(rooms.database, rooms.artifacts, rooms.registry.contents(), rooms.ledger, rooms.keeps);
        artifact = rooms.push(SHOP, text("jar"));
        rooms.register(commit('a'), artifact);
        statement = testRun("unit");
    }

    @AfterEach
    void close() {
        rooms.ledger.close();
        rooms.close();
    }

    private Digest testRun(String suite) throws IOException {
        TestResult.Run run = new TestResult.Run("run-1", "mvn verify", 0, NOON, NOON, PACKER, List.of());
        TestRequest request = new TestRequest(SHOP, artifact, suite, TestResult.Binding.FETCHED, run, List.of(), null);
        return evidence.record(request, PACKER).statement();
    }

    private ReferrerFollower follower() {
        return new ReferrerFollower(rooms.database, rooms.ledger, rooms.artifacts, rooms.registry);
    }

    private List<Manifest> referrers() {
        return rooms.registry
                .referrers()
                .list(new Referrers.Ask(SHOP, artifact, Bundle.MEDIA_TYPE, null), -1)
                .manifests();
    }

    private List<Digest> digests() {
        return referrers().stream().map(Manifest::digest).toList();
    }

    private void forgetPlace() {
        rooms.database.change(tx -> tx.handle().execute("DELETE FROM referrer_follower"));
    }

    @Test
    void a_test_run_is_stored_as_cosign_stores_it() throws IOException {
        follower().catchUp();

        Manifest referrer = referrers().getFirst();
        ObjectNode json = Json.parseObject(rooms.registry.manifests().bytes(referrer));
        assertThat(referrers()).hasSize(1);
        assertThat(json.path("config").path("mediaType").asString()).isEqualTo("application/vnd.oci.empty.v1+json");
        assertThat(json.path("subject").path("digest").asString()).isEqualTo(artifact.toString());
        assertThat(referrer.annotations())
                .containsEntry("dev.sigstore.bundle.content", "dsse-envelope")
                .containsEntry("dev.sigstore.bundle.predicateType", PredicateTypes.TEST_RESULT)
                .containsKey("org.opencontainers.image.created");
        Digest layer = Digest.parse(json.path("layers").get(0).path("digest").asString());
        try (var blob = rooms.registry.contents().open(SHOP, layer).orElseThrow()) {
            Bundle bundle = BundleParser.parse(blob.bytes(1 << 20));
            assertThat(bundle.entries()).hasSize(1);
            assertThat(bundle.content())
                    .isInstanceOfSatisfying(
                            Bundle.Envelope.class,
                            envelope -> assertThat(
                                            Digest.sha256(envelope.payload().array()))
                                    .isEqualTo(statement));
        }
    }

    @Test
    void a_registration_is_no_referrer_and_an_unregistered_subject_has_none() throws IOException {
        follower().catchUp();

        assertThat(referrers())
                .extracting(m -> m.annotations().get("dev.sigstore.bundle.predicateType"))
                .containsExactly(PredicateTypes.TEST_RESULT);
    }

    @Test
    void without_its_place_it_makes_the_same_referrers_although_the_ledger_has_grown() throws IOException {
        follower().catchUp();
        List<Digest> before = digests();
        testRun("acceptance");
        follower().catchUp();
        assertThat(digests()).hasSize(2).containsAll(before);
        List<Digest> both = digests();

        forgetPlace();
        follower().catchUp();

        assertThat(digests()).isEqualTo(both);
    }

    @Test
    void a_crash_between_the_referrer_and_the_place_repeats_it_with_the_same_bytes() throws IOException {
        StatementReferrers referrers =
                new StatementReferrers(rooms.database, rooms.ledger, rooms.artifacts, rooms.registry);
        var entry = rooms.reading(tx -> rooms.ledger.find(tx, statement)).orElseThrow();
        referrers.store(entry);
        List<Digest> before = digests();
        assertThat(before).hasSize(1);

        follower().catchUp();

        assertThat(digests()).isEqualTo(before);
    }

    @Test
    void a_referrer_that_somebody_deleted_comes_back_and_one_that_somebody_forged_displaces_none() throws IOException {
        follower().catchUp();
        List<Digest> before = digests();
        forge();
        rooms.registry.manifests().delete(SHOP, before.getFirst(), PACKER, names -> {});
        assertThat(digests()).doesNotContainAnyElementsOf(before);

        forgetPlace();
        follower().catchUp();

        assertThat(digests()).hasSize(2).containsAll(before);
    }

    /** Another one with the same annotations and other content. */
    private void forge() throws IOException {
        Manifest real = referrers().getFirst();
        ObjectNode json = Json.parseObject(rooms.registry.manifests().bytes(real));
        byte[] lie = text("{\"mediaType\":\"" + Bundle.MEDIA_TYPE + "\"}");
        rooms.registry.contents().put(SHOP, Digest.sha256(lie), lie);
        ((ObjectNode) json.path("layers").get(0))
                .put("digest", Digest.sha256(lie).toString())
                .put("size", lie.length);
        rooms.registry
                .manifests()
                .put(new Manifests.Push(SHOP, null, StatementReferrers.IMAGE, List.of(), PACKER), Json.write(json));
    }

    @Test
    void damaged_bytes_of_a_referrer_are_repaired() throws IOException {
        follower().catchUp();
        Manifest referrer = referrers().getFirst();
        Path file;
        try (var files = Files.walk(data.resolve("blobs"))) {
            file = files.filter(p ->
                            p.getFileName().toString().equals(referrer.digest().hex()))
                    .findFirst()
                    .orElseThrow();
        }
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        Files.writeString(file, "short");
        assertThatThrownBy(() -> rooms.registry.manifests().bytes(referrer)).hasMessageStartingWith("BLOB_DAMAGED");

        forgetPlace();
        follower().catchUp();

        assertThat(Digest.sha256(rooms.registry.manifests().bytes(referrer))).isEqualTo(referrer.digest());
    }

    @Test
    void an_artifact_that_left_the_registry_gets_no_referrer_and_holds_up_no_other() throws IOException {
        rooms.registry.manifests().delete(SHOP, artifact, PACKER, names -> {});
        Digest other = rooms.push(SHOP, text("other"));
        rooms.register(commit('b'), other);
        Digest gone = artifact;
        artifact = other;
        testRun("unit");

        follower().catchUp();

        assertThat(referrers()).hasSize(1);
        artifact = gone;
        assertThat(referrers()).isEmpty();
        assertThat(rooms.registry.manifests().find(SHOP, new Reference.ByDigest(gone)))
                .isEmpty();
    }

    @Test
    void it_follows_by_itself_and_stops_when_it_is_closed() throws Exception {
        try (ReferrerFollower follower = follower()) {
            follower.start();
            Instant deadline = Instant.now().plusSeconds(20);
            while (referrers().isEmpty() && Instant.now().isBefore(deadline)) {
                Thread.onSpinWait();
            }
            assertThat(referrers()).hasSize(1);
        }
    }
}
