package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.PushAndPullTest.location;
import static dev.waybill.server.distribution.PushAndPullTest.random;
import static dev.waybill.server.distribution.TestRegistry.bytes;
import static dev.waybill.server.distribution.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.identity.Role;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry's promises about names, rights and references, on each database. */
abstract class RegistryContract {
    private static final byte[] EMPTY = new byte[0];

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

    private String pushed(String repository, String tag, int layer) {
        String manifest = registry.image(repository, random(layer));
        HttpResponse<byte[]> put = registry.putManifest(repository, tag, manifest);
        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        return manifest;
    }

    @Test
    void an_alias_follows_to_higher_versions_only_and_every_move_is_a_fact() {
        String first = pushed("aliased", "1.2.3", 1);
        String second = pushed("aliased", "1.2.10", 2);
        String other = pushed("aliased", "1.3.0", 3);
        String unnamed = pushed("aliased", "snapshot", 4);

        assertThat(alias("1.2", first)).isEqualTo(201);
        assertThat(alias("1.2", unnamed)).isEqualTo(403);
        assertThat(alias("1.2", other)).isEqualTo(403);
        assertThat(alias("1.2", second)).isEqualTo(201);
        assertThat(alias("1.2", first)).isEqualTo(403);
        assertThat(alias("1.2", second)).isEqualTo(201);

        assertThat(text(registry.get("/v2/aliased/manifests/1.2"))).isEqualTo(second);
        assertThat(text(registry.get("/v2/aliased/_oci/tag-history/1.2")))
                .contains(digest(first).toString(), digest(second).toString());
        assertThat(registry.database.<Long>read(tx ->
                        registry.ledger.about(tx, digest(second), PredicateTypes.LABEL).stream()
                                .filter(e -> e.statement()
                                        .predicate(Label.class, PredicateTypes.LABEL)
                                        .label()
                                        .value()
                                        .equals("1.2"))
                                .count()))
                .isOne();
    }

    @Test
    void an_alias_that_was_removed_does_not_come_back_lower() {
        String old = pushed("aliased", "1.0.0", 1);
        String young = pushed("aliased", "1.1.0", 2);
        alias("latest", young);
        registry.send("DELETE", "/v2/aliased/manifests/latest", EMPTY);

        assertThat(alias("latest", old)).isEqualTo(403);
        assertThat(alias("latest", young)).isEqualTo(201);
    }

    @Test
    void a_version_and_its_aliases_come_with_one_push() {
        String manifest = registry.image("aliased", random(5));
        HttpResponse<byte[]> put = registry.send(
                "PUT",
                "/v2/aliased/manifests/" + digest(manifest) + "?tag=1.4.0&tag=1.4&tag=latest",
                bytes(manifest),
                "Content-Type",
                TestRegistry.IMAGE);

        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        assertThat(text(registry.get("/v2/aliased/manifests/latest"))).isEqualTo(manifest);
        assertThat(text(registry.get("/v2/aliased/manifests/1.4"))).isEqualTo(manifest);
    }

    @Test
    void what_an_operator_lets_float_floats() {
        pushed("aliased", "nightly-a", 1);

        assertThat(alias("nightly-a", pushed("aliased", "0.0.1", 2))).isEqualTo(201);
    }

    private int alias(String tag, String manifest) {
        return registry.putManifest("aliased", tag, manifest).statusCode();
    }

    private static Digest digest(String manifest) {
        return Digest.sha256(bytes(manifest));
    }

    private List<Label> labels(String manifest) {
        return registry.database.read(tx -> registry.ledger.about(tx, digest(manifest), PredicateTypes.LABEL).stream()
                .map(e -> e.signed().statement().predicate(Label.class, PredicateTypes.LABEL))
                .toList());
    }

    @Test
    void a_tag_does_not_move_to_other_bytes_and_the_refusal_says_why() {
        String first = pushed("shop", "1.0", 10);

        HttpResponse<byte[]> again = registry.putManifest("shop", "1.0", first);
        HttpResponse<byte[]> other = registry.putManifest("shop", "1.0", registry.image("shop", random(11)));

        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(text(other))
                .contains("\"DENIED\"", "TAG_IMMUTABLE", digest(first).toString());
        assertThat(text(registry.get("/v2/shop/manifests/1.0"))).isEqualTo(first);
    }

    @Test
    void a_removed_tag_never_names_anything_else() {
        String first = pushed("shop", "1.0", 10);
        assertThat(registry.send("DELETE", "/v2/shop/manifests/1.0", EMPTY).statusCode())
                .isEqualTo(202);

        HttpResponse<byte[]> other = registry.putManifest("shop", "1.0", registry.image("shop", random(11)));

        assertThat(text(other)).contains("TAG_RETIRED");
        assertThat(registry.get("/v2/shop/manifests/" + digest(first)).statusCode())
                .isEqualTo(200);
        assertThat(registry.putManifest("shop", "1.0", first).statusCode()).isEqualTo(201);
    }

    @Test
    void tags_of_a_scratch_repository_move_and_each_move_is_one_fact() {
        String first = pushed("scratch/shop", "latest", 10);
        String second = pushed("scratch/shop", "latest", 11);
        registry.send("DELETE", "/v2/scratch/shop/manifests/latest", EMPTY);

        assertThat(labels(first))
                .singleElement()
                .satisfies(l -> assertThat(l.previous()).isNull());
        assertThat(labels(second)).extracting(Label::action).containsExactly("set", "removed");
        assertThat(labels(second).getFirst().previous()).isEqualTo(digest(first));
        assertThat(text(registry.get("/v2/scratch/shop/_oci/tag-history/latest")))
                .contains(digest(first).toString(), digest(second).toString(), "\"by\":\"builder\"");
    }

    @Test
    void a_push_with_many_tags_sets_all_or_none() {
        pushed("shop", "taken", 10);
        String manifest = registry.image("shop", random(12));
        String path = "/v2/shop/manifests/" + digest(manifest);

        HttpResponse<byte[]> refused = registry.send(
                "PUT", path + "?tag=a&tag=taken&tag=b", bytes(manifest), "Content-Type", TestRegistry.IMAGE);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(registry.get("/v2/shop/manifests/a").statusCode()).isEqualTo(404);

        HttpResponse<byte[]> taken =
                registry.send("PUT", path + "?tag=a&tag=b", bytes(manifest), "Content-Type", TestRegistry.IMAGE);
        assertThat(taken.statusCode()).isEqualTo(201);
        assertThat(taken.headers().allValues("OCI-Tag")).containsExactly("a", "b");
        assertThat(text(registry.get("/v2/shop/manifests/b"))).isEqualTo(manifest);
    }

    @Test
    void a_tag_that_is_a_full_commit_id_registers_the_artifact() {
        String commit = "0123456789abcdef0123456789abcdef01234567";

        String manifest = pushed("shop", commit, 10);

        assertThat(registry.commits).containsEntry("shop@" + commit, digest(manifest));
    }

    @Test
    void a_manifest_with_a_missing_blob_is_refused_and_leaves_no_tag() {
        String manifest = "{\"schemaVersion\":2,\"config\":" + TestRegistry.descriptor("a/b", random(44)) + "}";

        HttpResponse<byte[]> put = registry.putManifest("shop", "v1", manifest);

        assertThat(put.statusCode()).isEqualTo(404);
        assertThat(text(put)).contains("\"MANIFEST_BLOB_UNKNOWN\"");
        assertThat(registry.get("/v2/shop/manifests/v1").statusCode()).isEqualTo(404);
    }

    @Test
    void a_document_that_could_be_two_kinds_is_refused() {
        String both = "{\"schemaVersion\":2,\"manifests\":[],\"layers\":[]}";
        String twice = "{\"schemaVersion\":2,\"layers\":[],\"layers\":[]}";
        String otherType = "{\"schemaVersion\":2,\"mediaType\":\"" + TestRegistry.INDEX + "\",\"manifests\":[]}";

        String noNumber = "{\"schemaVersion\":\"2\",\"layers\":[]}";
        String nearly = "{\"schemaVersion\":2.5,\"layers\":[]}";

        for (String document : List.of(both, twice, otherType, noNumber, nearly, "[]", "")) {
            HttpResponse<byte[]> put = registry.putManifest("shop", "v1", document);
            assertThat(put.statusCode()).as(document).isEqualTo(400);
            assertThat(text(put)).contains("\"MANIFEST_INVALID\"");
        }
    }

    @Test
    void more_than_four_mebibytes_are_no_manifest() {
        String large = "{\"schemaVersion\":2,\"annotations\":{\"a\":\"" + "x".repeat(Manifests.MAX_BYTES) + "\"}}";

        assertThat(registry.putManifest("shop", "v1", large).statusCode()).isEqualTo(413);
        assertThat(registry.putManifest("shop", "v1", large.replace("xx", "x")).statusCode())
                .isEqualTo(201);
    }

    @Test
    void referrers_are_listed_filtered_and_paged() {
        String subject = pushed("shop", "v1", 10);
        List<String> pushed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String referrer = "{\"schemaVersion\":2,\"artifactType\":\"test/" + (i % 2) + "\",\"annotations\":{\"n\":\""
                    + i + "\"},\"subject\":" + TestRegistry.descriptor(TestRegistry.IMAGE, bytes(subject)) + "}";
            HttpResponse<byte[]> put =
                    registry.putManifest("shop", digest(referrer).toString(), referrer);
            assertThat(put.headers().firstValue("OCI-Subject"))
                    .contains(digest(subject).toString());
            pushed.add(digest(referrer).toString());
        }
        String path = "/v2/shop/referrers/" + digest(subject);

        HttpResponse<byte[]> all = registry.get(path);
        HttpResponse<byte[]> filtered = registry.get(path + "?artifactType=test%2F1");
        HttpResponse<byte[]> page = registry.get(path + "?n=2");
        String next = page.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");

        assertThat(all.headers().allValues("Content-Type")).containsExactly(TestRegistry.INDEX);
        assertThat(text(all)).contains(pushed).contains("\"n\":\"2\"");
        assertThat(filtered.headers().firstValue("OCI-Filters-Applied")).contains("artifactType");
        assertThat(text(filtered)).contains(pushed.get(1)).doesNotContain(pushed.get(0));
        assertThat(text(page) + text(registry.get(next))).contains(pushed);
        assertThat(text(registry.get("/v2/never/pushed/referrers/" + digest(subject))))
                .contains("\"manifests\":[]");
    }

    @Test
    void tags_are_listed_in_the_order_of_bytes_in_pages() {
        for (String tag : List.of("b", "B", "a", "10", "9")) {
            pushed("scratch/shop", tag, 10);
        }

        HttpResponse<byte[]> first = registry.get("/v2/scratch/shop/tags/list?n=3");

        assertThat(text(registry.get("/v2/scratch/shop/tags/list"))).contains("[\"10\",\"9\",\"B\",\"a\",\"b\"]");
        assertThat(text(first)).contains("[\"10\",\"9\",\"B\"]");
        assertThat(first.headers().firstValue("Link"))
                .hasValueSatisfying(l -> assertThat(l).contains("/v2/scratch/shop/tags/list?n=3&last=B"));
        assertThat(text(registry.get("/v2/scratch/shop/tags/list?last=B"))).contains("[\"a\",\"b\"]");
        HttpResponse<byte[]> none = registry.get("/v2/scratch/shop/tags/list?n=0");
        assertThat(text(none)).contains("\"tags\":[]");
        assertThat(none.headers().firstValue("Link")).isEmpty();
        assertThat(text(registry.get("/v2/never/tags/list"))).contains("\"NAME_UNKNOWN\"");
    }

    @Test
    void what_is_kept_is_not_deleted_nor_what_it_consists_of() {
        String manifest = pushed("shop", "v1", 10);
        String index = "{\"schemaVersion\":2,\"mediaType\":\"" + TestRegistry.INDEX + "\",\"manifests\":["
                + TestRegistry.descriptor(TestRegistry.IMAGE, bytes(manifest)) + "]}";
        registry.send("PUT", "/v2/shop/manifests/all", bytes(index), "Content-Type", TestRegistry.INDEX);
        registry.kept.add(digest(index));
        String blob = "/v2/shop/blobs/" + Digest.sha256(random(10));

        for (String path :
                List.of("/v2/shop/manifests/" + digest(manifest), "/v2/shop/manifests/" + digest(index), blob)) {
            HttpResponse<byte[]> refused = registry.send("DELETE", path, EMPTY);
            assertThat(refused.statusCode()).as(path).isEqualTo(403);
            assertThat(text(refused)).contains("KEPT");
        }
        registry.kept.clear();
        assertThat(registry.send("DELETE", "/v2/shop/manifests/" + digest(index), EMPTY)
                        .statusCode())
                .isEqualTo(202);
        assertThat(registry.get("/v2/shop/manifests/all").statusCode()).isEqualTo(404);
    }

    @Test
    void a_manifest_that_is_there_loses_no_part_though_nothing_keeps_it_and_where_it_may_be_sparse_it_does() {
        String manifest = pushed("shop", "v1", 10);
        String blob = "/v2/shop/blobs/" + Digest.sha256(random(10));

        HttpResponse<byte[]> refused = registry.send("DELETE", blob, EMPTY);
        assertThat(text(refused)).contains("KEPT", digest(manifest) + " is there and consists of it");
        assertThat(registry.get(blob).statusCode()).isEqualTo(200);
        registry.send("DELETE", "/v2/shop/manifests/" + digest(manifest), EMPTY);
        assertThat(registry.send("DELETE", blob, EMPTY).statusCode()).isEqualTo(202);
        assertThat(registry.send("HEAD", blob, EMPTY).statusCode()).isEqualTo(404);

        pushed("scratch/shop", "v1", 10);
        assertThat(registry.send("DELETE", "/v2/scratch/shop/blobs/" + Digest.sha256(random(10)), EMPTY)
                        .statusCode())
                .isEqualTo(202);
    }

    @Test
    void what_was_deleted_here_stays_unknown_here_though_another_repository_has_it_and_is_read() {
        byte[] bytes = random(33);
        Digest digest = registry.push("shop", bytes);
        registry.push("other", bytes);

        registry.send("DELETE", "/v2/shop/blobs/" + digest, EMPTY);

        assertThat(registry.get("/v2/other/blobs/" + digest).body()).isEqualTo(bytes);
        assertThat(registry.get("/v2/shop/blobs/" + digest).statusCode()).isEqualTo(404);
        assertThat(registry.send("HEAD", "/v2/shop/blobs/" + digest, EMPTY).statusCode())
                .isEqualTo(404);
    }

    @Test
    void what_proves_something_kept_by_a_fallback_tag_is_not_deleted() {
        Digest kept = digest(pushed("shop", "v1", 10));
        registry.kept.add(kept);
        String signature = pushed("shop", "sha256-" + kept.hex() + ".sig", 20);
        String layer = "/v2/shop/blobs/" + Digest.sha256(random(20));

        for (String path : List.of("/v2/shop/manifests/" + digest(signature), layer)) {
            HttpResponse<byte[]> refused = registry.send("DELETE", path, EMPTY);
            assertThat(text(refused)).as(path).contains("KEPT", kept + " is kept, and it belongs to that");
        }
    }

    @Test
    void knowing_a_digest_is_no_access() {
        Digest secret = registry.push("secret", random(77));
        String till = registry.token("till", TestRegistry.on(Role.BUILDER, "till"));

        assertThat(registry.sendAs(till, "GET", "/v2/secret/blobs/" + secret, EMPTY)
                        .statusCode())
                .isEqualTo(403);
        assertThat(registry.sendAs(till, "GET", "/v2/till/blobs/" + secret, EMPTY)
                        .statusCode())
                .isEqualTo(404);
        for (String mount : List.of("?mount=" + secret + "&from=secret", "?mount=" + secret)) {
            HttpResponse<byte[]> answer = registry.sendAs(till, "POST", "/v2/till/blobs/uploads/" + mount, EMPTY);
            assertThat(answer.statusCode()).as("a denial looks like a miss").isEqualTo(202);
        }
        assertThat(registry.sendAs(till, "GET", "/v2/till/blobs/" + secret, EMPTY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(registry.sendAs("", "GET", "/v2/", EMPTY).statusCode()).isEqualTo(401);
    }

    @Test
    void who_may_read_there_mounts_with_and_without_naming_it() {
        Digest blob = registry.push("base", random(77));

        for (String mount : List.of("one?&from=base", "two?")) {
            String repository = mount.substring(0, 3);
            HttpResponse<byte[]> answer = registry.send(
                    "POST", "/v2/" + repository + "/blobs/uploads/?mount=" + blob + mount.substring(4), EMPTY);
            assertThat(answer.statusCode()).isEqualTo(201);
            assertThat(registry.get("/v2/" + repository + "/blobs/" + blob).body())
                    .isEqualTo(random(77));
        }
        location(registry.send("POST", "/v2/one/blobs/uploads/?mount=" + Digest.sha256(random(78)), EMPTY));
    }

    @Test
    void a_viewer_pulls_and_does_not_push() {
        pushed("shop", "v1", 10);
        String viewer = registry.token("viewer", TestRegistry.on(Role.VIEWER, "shop"));

        assertThat(registry.sendAs(viewer, "GET", "/v2/shop/manifests/v1", EMPTY)
                        .statusCode())
                .isEqualTo(200);
        for (String[] change : new String[][] {
            {"POST", "/v2/shop/blobs/uploads/"}, {"PUT", "/v2/shop/manifests/v2"}, {"DELETE", "/v2/shop/manifests/v1"}
        }) {
            assertThat(registry.sendAs(viewer, change[0], change[1], EMPTY).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void who_may_only_build_takes_no_name_away() {
        pushed("shop", "1.0", 10);
        String builder = registry.token("only-builds", TestRegistry.on(Role.BUILDER, "shop"));

        assertThat(registry.sendAs(builder, "DELETE", "/v2/shop/manifests/1.0", EMPTY)
                        .statusCode())
                .isEqualTo(403);
        assertThat(registry.sendAs(builder, "DELETE", "/v2/shop/manifests/sha256-" + "a".repeat(64), EMPTY)
                        .statusCode())
                .isEqualTo(404);
        assertThat(registry.get("/v2/shop/manifests/1.0").statusCode()).isEqualTo(200);
    }

    @Test
    void concurrent_identical_pushes_all_succeed_and_make_one_artifact() throws Exception {
        String manifest = registry.image("shop", random(100_000));
        List<Future<Integer>> pushes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 24; i++) {
                pushes.add(threads.submit(() -> {
                    registry.push("shop", random(100_000));
                    return registry.putManifest("shop", "v1", manifest).statusCode();
                }));
            }
        }

        for (Future<Integer> push : pushes) {
            assertThat(push.get()).isEqualTo(201);
        }
        assertThat(labels(manifest)).hasSize(1);
        assertThat(registry.registry
                        .tags()
                        .history(new ApplicationName("shop"), Reference.tag("v1"), Long.MAX_VALUE, 10))
                .hasSize(1);
        assertThat(text(registry.get("/v2/shop/manifests/v1"))).isEqualTo(manifest);
    }

    @Test
    void of_two_that_set_one_tag_at_once_exactly_one_wins() throws Exception {
        List<String> manifests = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            manifests.add(registry.image("shop", random(100 + i)));
        }
        List<Future<Integer>> pushes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (String manifest : manifests) {
                pushes.add(threads.submit(
                        () -> registry.putManifest("shop", "v1", manifest).statusCode()));
            }
        }

        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> push : pushes) {
            answers.add(push.get());
        }
        assertThat(answers).containsOnlyOnce(201).containsOnly(201, 403);
    }
}
