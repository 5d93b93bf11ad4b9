package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.PushAndPullTest.random;
import static dev.waybill.server.distribution.TestRegistry.bytes;
import static dev.waybill.server.distribution.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.registry.CopyView;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Copy;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.identity.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What moving whole repositories asks of the server, on each database. */
abstract class MovingContract {
    private static final String COPIES = "/api/v1/registry/copies";

    @TempDir
    Path directory;

    private TestRegistry registry;

    abstract TestDatabases.Place place(Path directory);

    @BeforeEach
    void start() throws Exception {
        registry = new TestRegistry(directory, place(directory));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private Digest pushed(String repository, String reference, int layer) {
        String manifest = registry.image(repository, random(layer));
        Digest digest = Digest.sha256(bytes(manifest));
        String place = reference.isEmpty() ? digest.toString() : reference;
        HttpResponse<byte[]> put = registry.putManifest(repository, place, manifest);
        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        return digest;
    }

    private RepositoryListing list(String repository, String query) {
        HttpResponse<byte[]> answer =
                registry.get("/api/v1/registry/repositories/" + repository + "/manifests" + query);
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return Json.read(answer.body(), RepositoryListing.class);
    }

    private HttpResponse<byte[]> copied(String token, String body) {
        return registry.sendAs(token, "POST", COPIES, bytes(body), "Content-Type", "application/json");
    }

    private static String claim(Digest digest, String from, String tag) {
        return "{\"repository\":\"shop\",\"digest\":\"" + digest + "\",\"from\":\"" + from + "\"" + tag + "}";
    }

    @Test
    void a_repository_lists_what_is_tagged_and_what_is_not_and_nothing_of_another() {
        Digest tagged = pushed("shop", "1.0", 1);
        registry.send("PUT", "/v2/shop/manifests/1.0.0", manifest("shop", 1), "Content-Type", TestRegistry.IMAGE);
        Digest untagged = pushed("shop", "", 2);
        pushed("shop/other", "1.0", 3);

        RepositoryListing listing = list("shop", "");

        assertThat(listing.sparse()).isFalse();
        assertThat(listing.next()).isNull();
        assertThat(listing.manifests())
                .extracting(RepositoryListing.Listed::digest)
                .containsExactlyElementsOf(new TreeSet<>(Set.of(tagged, untagged)));
        assertThat(listing.manifests())
                .filteredOn(m -> m.digest().equals(tagged))
                .singleElement()
                .satisfies(m -> assertThat(m.tags()).containsExactly(new Version("1.0"), new Version("1.0.0")));
        assertThat(list("shop%2Fother", "").manifests()).hasSize(1);
        assertThat(registry.get("/api/v1/registry/repositories/nothing/manifests")
                        .statusCode())
                .isEqualTo(404);
    }

    private byte[] manifest(String repository, int layer) {
        return bytes(registry.image(repository, random(layer)));
    }

    @Test
    void a_large_repository_is_listed_in_pages_that_miss_nothing() {
        byte[] config = bytes("{}");
        registry.push("shop", config);
        List<Digest> all = new ArrayList<>();
        for (int i = 0; i < 501; i++) {
            String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + TestRegistry.IMAGE + "\",\"config\":"
                    + TestRegistry.descriptor("application/vnd.oci.empty.v1+json", config)
                    + ",\"layers\":[],\"annotations\":{\"n\":\"" + i + "\"}}";
            Digest digest = Digest.sha256(bytes(manifest));
            assertThat(registry.putManifest("shop", digest.toString(), manifest).statusCode())
                    .isEqualTo(201);
            all.add(digest);
        }

        RepositoryListing first = list("shop", "");
        RepositoryListing second = list("shop", "?after=" + Objects.requireNonNull(first.next()));

        assertThat(first.manifests()).hasSize(500);
        assertThat(second.next()).isNull();
        assertThat(java.util.stream.Stream.concat(first.manifests().stream(), second.manifests().stream())
                        .map(RepositoryListing.Listed::digest))
                .containsExactlyElementsOf(new TreeSet<>(all));
    }

    @Test
    void a_copy_is_a_claim_in_the_ledger_and_said_twice_it_is_one() {
        Digest digest = pushed("shop", "1.0", 1);
        String claim = claim(digest, "registry.example.com:5000/team/shop", ",\"reference\":\"1.0\"");

        HttpResponse<byte[]> first = copied(registry.builder, claim);
        HttpResponse<byte[]> again = copied(registry.builder, claim);
        String other = registry.token("somebody", TestRegistry.on(Role.BUILDER, "shop"));
        HttpResponse<byte[]> others = copied(other, claim);

        CopyView view = Json.read(first.body(), CopyView.class);
        assertThat(view).isEqualTo(Json.read(again.body(), CopyView.class));
        assertThat(view.by().value()).isEqualTo("builder");
        assertThat(Json.read(others.body(), CopyView.class).statement()).isNotEqualTo(view.statement());
        List<Copy> said = registry.database.read(tx -> registry.ledger.about(tx, digest, PredicateTypes.COPY).stream()
                .map(e -> e.statement().predicate(Copy.class, PredicateTypes.COPY))
                .toList());
        assertThat(said).hasSize(2);
        assertThat(said.getFirst().from()).isEqualTo("registry.example.com:5000/team/shop");
    }

    @Test
    void a_copy_of_nothing_by_somebody_without_the_right_or_from_no_place_is_refused() {
        Digest digest = pushed("shop", "1.0", 1);
        String viewer = registry.token("viewer", TestRegistry.on(Role.VIEWER, "shop"));
        String fine = claim(digest, "registry.example.com/shop", "");

        assertThat(copied(viewer, fine).statusCode()).isEqualTo(403);
        assertThat(text(copied(registry.builder, claim(Digest.sha256(bytes("x")), "registry.example.com/shop", ""))))
                .contains("MANIFEST_UNKNOWN");
        for (String from : List.of("shop", "https://registry.example.com/shop", "a b/shop", "host/../shop?x=y", "")) {
            assertThat(text(copied(registry.builder, claim(digest, from, ""))))
                    .as(from)
                    .contains("COPY_INVALID");
        }
        assertThat(text(copied(registry.builder, claim(digest, "h/shop", ",\"reference\":\"a:b\""))))
                .contains("COPY_INVALID");
        assertThat(registry.database.<Integer>read(tx ->
                        registry.ledger.about(tx, digest, PredicateTypes.COPY).size()))
                .isZero();
    }
}
