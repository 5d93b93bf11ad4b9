package dev.waybill.server.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.registry.Reference;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OciRouteTest {
    private static final List<String> WORDS = List.of(
            "manifests", "blobs", "tags", "list", "uploads", "referrers", "shop", "a", "v2", "_oci", "tag-history", "");
    private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE", "");
    private static final Digest DIGEST = Digest.sha256("x".getBytes(StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"manifests", "blobs", "tags", "tags/list", "blobs/uploads", "a/manifests/b/blobs/c"})
    void a_name_may_hold_the_words_of_the_protocol(String name) {
        ApplicationName application = new ApplicationName(name);

        assertThat(OciRoute.parse("GET", "/v2/" + name + "/manifests/v1", null))
                .isEqualTo(new OciRoute.PullManifest(application, new Reference.ByTag(new Version("v1")), false));
        assertThat(OciRoute.parse("HEAD", "/v2/" + name + "/blobs/" + DIGEST, null))
                .isEqualTo(new OciRoute.PullBlob(application, DIGEST, true));
        assertThat(OciRoute.parse("GET", "/v2/" + name + "/tags/list", "n=3&last=b"))
                .isEqualTo(new OciRoute.ListTags(application, new OciRoute.Page(3, "b")));
        assertThat(OciRoute.parse("POST", "/v2/" + name + "/blobs/uploads/", null))
                .isEqualTo(new OciRoute.StartUpload(application, null));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/shop/manifests/sha256:abc, DIGEST_INVALID",
        "GET, /v2/shop/manifests/sha256:, DIGEST_INVALID",
        "GET, /v2/shop/blobs/latest, DIGEST_INVALID",
        "GET, /v2/shop/manifests/.hidden, MANIFEST_UNKNOWN",
        "PUT, /v2/shop/manifests/.hidden, TAG_INVALID",
        "GET, /v2/Shop/manifests/v1, NAME_INVALID",
        "GET, /v2/shop//till/manifests/v1, NAME_INVALID",
        "GET, /v2/shop/%2e%2e/manifests/v1, NAME_INVALID",
        "GET, /v2/shop/../manifests/v1, NAME_INVALID",
        "POST, /v2/shop/manifests/v1, UNSUPPORTED",
        "PUT, /v2/, UNSUPPORTED",
        "GET, /v2/shop/blobs/uploads/, UNSUPPORTED",
        "GET, /v2/shop/blobs/uploads/..%2f..%2fetc, BLOB_UPLOAD_UNKNOWN",
        "GET, /v2/_other, PATH_UNKNOWN",
        "GET, /v2x, PATH_UNKNOWN"
    })
    void what_is_no_request_of_the_protocol_is_refused(String method, String path, String code) {
        assertThatThrownBy(() -> OciRoute.parse(method, path, null))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }

    @Test
    void a_count_beyond_all_bounds_allocates_nothing() {
        OciRoute.ListTags route =
                (OciRoute.ListTags) OciRoute.parse("GET", "/v2/shop/tags/list", "n=999999999999999999");

        assertThat(route.page().limit()).isEqualTo(OciRoute.Page.MOST);
    }

    @Test
    void every_tag_of_a_push_is_read_once() {
        OciRoute route = OciRoute.parse("PUT", "/v2/shop/manifests/" + DIGEST, "tag=a&tag=b&tag=a");

        assertThat(route)
                .isEqualTo(new OciRoute.PutManifest(
                        new ApplicationName("shop"),
                        new Reference.ByDigest(DIGEST),
                        List.of(new Version("a"), new Version("b"))));
    }

    /** Seeded, so that a failure can be run again. */
    @Test
    void random_and_mutated_paths_give_a_route_or_a_problem_and_nothing_else() {
        Random random = new Random(20261120);
        int routes = 0;
        for (int i = 0; i < 200_000; i++) {
            String path = mutated(random, path(random));
            String query = random.nextBoolean() ? null : mutated(random, "n=1&last=a&digest=" + DIGEST + "&mount=%zz");
            String method = METHODS.get(random.nextInt(METHODS.size()));
            try {
                if (OciRoute.parse(method, path, query) instanceof OciRoute.InRepository route) {
                    assertThat(path).startsWith("/v2/").contains(route.name().value());
                    routes++;
                }
            } catch (ProblemException e) {
                assertThat(e.problem().code()).isNotBlank();
            }
        }
        assertThat(routes).as("the generator also makes good paths").isGreaterThan(1000);
    }

    @Test
    void built_paths_are_read_as_they_were_meant() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            ApplicationName name = name(random);
            Digest digest = Digest.sha256(new byte[] {(byte) i, (byte) (i >> 8)});
            assertThat(OciRoute.parse("GET", "/v2/" + name + "/referrers/" + digest, "artifactType=a%2Fb"))
                    .isEqualTo(new OciRoute.ListReferrers(name, digest, "a/b", new OciRoute.Page(-1, null)));
            assertThat(OciRoute.parse("PUT", "/v2/" + name + "/blobs/uploads/ab-1", "digest=" + digest))
                    .isEqualTo(new OciRoute.FinishUpload(name, "ab-1", digest));
            assertThat(OciRoute.parse("DELETE", "/v2/" + name + "/manifests/" + digest, null))
                    .isEqualTo(new OciRoute.DeleteManifest(name, new Reference.ByDigest(digest)));
            assertThat(OciRoute.parse("POST", "/v2/" + name + "/blobs/uploads/", "mount=" + digest + "&from=x/y"))
                    .isEqualTo(new OciRoute.MountBlob(name, digest, new ApplicationName("x/y")));
        }
    }

    private static ApplicationName name(Random random) {
        List<String> parts =
                List.of("manifests", "blobs", "tags", "list", "uploads", "referrers", "a-b", "c__d", "e.f");
        StringBuilder name = new StringBuilder(parts.get(random.nextInt(parts.size())));
        for (int i = random.nextInt(5); i > 0; i--) {
            name.append('/').append(parts.get(random.nextInt(parts.size())));
        }
        return new ApplicationName(name.toString());
    }

    private static String path(Random random) {
        StringBuilder path = new StringBuilder("/v2");
        for (int i = random.nextInt(7); i > 0; i--) {
            path.append('/').append(WORDS.get(random.nextInt(WORDS.size())));
        }
        return switch (random.nextInt(4)) {
            case 0 -> path.append("/").append(DIGEST).toString();
            case 1 -> path.append("/manifests/").append(DIGEST).toString();
            case 2 -> path.append("/blobs/uploads/").toString();
            default -> path.toString();
        };
    }

    private static String mutated(Random random, String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int i = random.nextInt(3); i > 0 && !mutated.isEmpty(); i--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, (char) random.nextInt(0x250));
                default -> mutated.setCharAt(at, "/%:.=&\0\uD800_-A".charAt(random.nextInt(11)));
            }
        }
        return mutated.toString();
    }
}
