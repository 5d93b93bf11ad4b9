package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.TestRegistry.bytes;
import static dev.waybill.server.distribution.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushAndPullTest {
    private static final byte[] EMPTY = new byte[0];

    @TempDir
    Path directory;

    private TestRegistry registry;

    @BeforeEach
    void start() throws Exception {
        registry = new TestRegistry(directory);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void an_image_comes_back_byte_for_byte_under_its_tag_and_its_digest() {
        byte[] layer = random(3_000_000);
        String manifest = registry.image("shop", layer);
        Digest digest = Digest.sha256(bytes(manifest));

        HttpResponse<byte[]> put = registry.putManifest("shop", "v1", manifest);

        assertThat(put.statusCode()).as(text(put)).isEqualTo(201);
        assertThat(put.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
        assertThat(put.headers().firstValue("Location")).contains("/v2/shop/manifests/" + digest);
        for (String reference : new String[] {"v1", digest.toString()}) {
            HttpResponse<byte[]> got = registry.get("/v2/shop/manifests/" + reference);
            assertThat(text(got)).isEqualTo(manifest);
            assertThat(got.headers().allValues("Content-Type")).containsExactly(TestRegistry.IMAGE);
            assertThat(got.headers().firstValue("Content-Length")).contains("" + manifest.length());
            assertThat(got.headers().firstValue("Docker-Content-Digest")).contains(digest.toString());
        }
        HttpResponse<byte[]> blob = registry.get("/v2/shop/blobs/" + Digest.sha256(layer));
        assertThat(blob.statusCode()).isEqualTo(200);
        assertThat(blob.body()).isEqualTo(layer);
    }

    @Test
    void head_has_the_headers_of_get_and_no_body() {
        byte[] layer = random(1000);
        String manifest = registry.image("shop", layer);
        registry.putManifest("shop", "v1", manifest);

        HttpResponse<byte[]> blob = registry.send("HEAD", "/v2/shop/blobs/" + Digest.sha256(layer), EMPTY);
        HttpResponse<byte[]> head = registry.send("HEAD", "/v2/shop/manifests/v1", EMPTY);

        assertThat(blob.headers().firstValue("Content-Length")).contains("1000");
        assertThat(blob.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length")).contains("" + manifest.length());
        assertThat(head.headers().allValues("Content-Type")).containsExactly(TestRegistry.IMAGE);
    }

    @Test
    void the_empty_blob_has_a_length_of_zero() {
        registry.push("shop", EMPTY);

        HttpResponse<byte[]> head = registry.send("HEAD", "/v2/shop/blobs/" + Digest.sha256(EMPTY), EMPTY);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("0");
    }

    @Test
    void a_blob_is_pushed_in_one_post() {
        byte[] blob = random(5000);

        HttpResponse<byte[]> post =
                registry.send("POST", "/v2/shop/blobs/uploads/?digest=" + Digest.sha256(blob), blob);

        assertThat(post.statusCode()).isEqualTo(201);
        assertThat(registry.get("/v2/shop/blobs/" + Digest.sha256(blob)).body()).isEqualTo(blob);
    }

    @Test
    void a_chunk_out_of_order_is_416_and_the_session_goes_on() {
        byte[] blob = random(300);
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));
        HttpResponse<byte[]> first =
                registry.send("PATCH", location, Arrays.copyOf(blob, 100), "Content-Range", "0-99");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Range")).contains("0-99");

        HttpResponse<byte[]> gap =
                registry.send("PATCH", location, Arrays.copyOfRange(blob, 200, 300), "Content-Range", "200-299");
        HttpResponse<byte[]> gapOnPut = registry.send(
                "PUT",
                location + "?digest=" + Digest.sha256(blob),
                Arrays.copyOfRange(blob, 200, 300),
                "Content-Range",
                "200-299");
        HttpResponse<byte[]> status = registry.get(location);
        HttpResponse<byte[]> rest = registry.send(
                "PUT",
                location + "?digest=" + Digest.sha256(blob),
                Arrays.copyOfRange(blob, 100, 300),
                "Content-Range",
                "100-299");

        assertThat(gap.statusCode()).isEqualTo(416);
        assertThat(gapOnPut.statusCode()).isEqualTo(416);
        assertThat(status.statusCode()).isEqualTo(204);
        assertThat(status.headers().firstValue("Range")).contains("0-99");
        assertThat(rest.statusCode()).isEqualTo(201);
        assertThat(registry.get("/v2/shop/blobs/" + Digest.sha256(blob)).body()).isEqualTo(blob);
    }

    @Test
    void an_empty_session_stands_at_0_0() {
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));

        assertThat(registry.get(location).headers().firstValue("Range")).contains("0-0");
    }

    @Test
    void bytes_with_another_digest_are_refused_and_not_stored() {
        byte[] blob = random(100);
        Digest other = Digest.sha256(random(99));
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));

        HttpResponse<byte[]> put = registry.send("PUT", location + "?digest=" + other, blob);

        assertThat(put.statusCode()).isEqualTo(400);
        assertThat(text(put)).contains("\"DIGEST_INVALID\"");
        assertThat(registry.get("/v2/shop/blobs/" + other).statusCode()).isEqualTo(404);
    }

    @Test
    void an_upload_can_be_cancelled_and_is_then_unknown() {
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));

        assertThat(registry.send("DELETE", location, EMPTY).statusCode()).isEqualTo(204);

        HttpResponse<byte[]> gone = registry.get(location);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(text(gone)).contains("\"BLOB_UPLOAD_UNKNOWN\"");
    }

    @Test
    void a_sha512_blob_needs_no_announcement() {
        byte[] blob = random(200_000);
        Digest digest = Digest.of(
                Digest.Algorithm.SHA512,
                Digest.Algorithm.SHA512.newMessageDigest().digest(blob));
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));
        registry.send("PATCH", location, blob);

        assertThat(registry.send("PUT", location + "?digest=" + digest, EMPTY).statusCode())
                .isEqualTo(201);

        assertThat(registry.get("/v2/shop/blobs/" + digest).body()).isEqualTo(blob);
    }

    @Test
    void an_upload_of_one_repository_is_unknown_to_another() {
        String location = location(registry.send("POST", "/v2/shop/blobs/uploads/", EMPTY));

        HttpResponse<byte[]> other = registry.get(location.replace("/shop/", "/till/"));

        assertThat(other.statusCode()).isEqualTo(404);
    }

    static String location(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).as(text(response)).isEqualTo(202);
        return response.headers().firstValue("Location").orElseThrow();
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
