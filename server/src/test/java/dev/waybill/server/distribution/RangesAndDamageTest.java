package dev.waybill.server.distribution;

import static dev.waybill.server.distribution.PushAndPullTest.random;
import static dev.waybill.server.distribution.TestRegistry.bytes;
import static dev.waybill.server.distribution.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RangesAndDamageTest {
    private static final byte[] EMPTY = new byte[0];
    private static final byte[] BLOB = random(2000);

    @TempDir
    Path directory;

    private TestRegistry registry;
    private Digest digest;

    @BeforeEach
    void start() throws Exception {
        registry = new TestRegistry(directory);
        digest = registry.push("shop", BLOB);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private HttpResponse<byte[]> range(String range) {
        return registry.get("/v2/shop/blobs/" + digest, "Range", range);
    }

    @Test
    void one_range_is_exactly_these_bytes() {
        String[][] cases = {
            {"bytes=500-1499", "500", "1500"},
            {"bytes=500-", "500", "2000"},
            {"bytes=-500", "1500", "2000"},
            {"bytes=1500-5000", "1500", "2000"},
            {"bytes=-9999", "0", "2000"}
        };
        for (String[] c : cases) {
            int from = Integer.parseInt(c[1]);
            int to = Integer.parseInt(c[2]);
            HttpResponse<byte[]> part = range(c[0]);
            assertThat(part.statusCode()).as(c[0]).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).contains("bytes " + from + "-" + (to - 1) + "/2000");
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(BLOB, from, to));
        }
    }

    @Test
    void a_range_that_does_not_exist_is_416() {
        for (String range :
                new String[] {"bytes=500-0", "bytes=2000-", "bytes=5000-10000", "bytes=-0", "bytes=-", "bytes=x"}) {
            assertThat(range(range).statusCode()).as(range).isEqualTo(416);
        }
        assertThat(range("bytes=0-1999,0-1999").statusCode()).as("an amplifier").isEqualTo(416);
    }

    @Test
    void an_unknown_unit_or_a_stale_condition_gives_the_whole() {
        assertThat(range("lines=1-2").body()).isEqualTo(BLOB);
        assertThat(registry.get("/v2/shop/blobs/" + digest, "Range", "bytes=0-1", "If-Range", "\"other\"")
                        .body())
                .isEqualTo(BLOB);
    }

    @Test
    void several_ranges_come_as_parts_with_a_declared_length() {
        HttpResponse<byte[]> parts = range("bytes=0-9, 100-199,-5");

        assertThat(parts.statusCode()).isEqualTo(206);
        String type = parts.headers().firstValue("Content-Type").orElseThrow();
        assertThat(type).startsWith("multipart/byteranges; boundary=");
        assertThat(parts.headers().firstValue("Content-Length")).contains("" + parts.body().length);
        String boundary = type.substring(type.indexOf('=') + 1);
        String[] split = new String(parts.body(), StandardCharsets.ISO_8859_1).split("--" + boundary, -1);
        assertThat(split).hasSize(5);
        assertThat(split[2])
                .contains("Content-Range: bytes 100-199/2000")
                .contains(new String(Arrays.copyOfRange(BLOB, 100, 200), StandardCharsets.ISO_8859_1));
        assertThat(split[4]).isEqualTo("--\r\n");
    }

    @Test
    void an_unchanged_blob_is_not_sent_again() {
        assertThat(registry.get("/v2/shop/blobs/" + digest, "If-None-Match", "\"" + digest + "\"")
                        .statusCode())
                .isEqualTo(304);
    }

    @Test
    void a_blob_of_another_length_is_not_served_and_a_push_repairs_it() throws Exception {
        Files.write(registry.file(digest), Arrays.copyOf(BLOB, 1999));

        HttpResponse<byte[]> get = registry.get("/v2/shop/blobs/" + digest);
        assertThat(get.statusCode()).isEqualTo(503);
        assertThat(text(get)).contains("BLOB_DAMAGED");
        assertThat(registry.send("HEAD", "/v2/shop/blobs/" + digest, EMPTY).statusCode())
                .as("so that clients push it again")
                .isEqualTo(404);

        registry.push("shop", BLOB);
        assertThat(registry.get("/v2/shop/blobs/" + digest).body()).isEqualTo(BLOB);
    }

    @Test
    void a_blob_whose_file_is_gone_is_404_and_a_push_repairs_it() throws Exception {
        Files.delete(registry.file(digest));

        assertThat(registry.get("/v2/shop/blobs/" + digest).statusCode()).isEqualTo(404);

        registry.push("shop", BLOB);
        assertThat(registry.get("/v2/shop/blobs/" + digest).body()).isEqualTo(BLOB);
    }

    @Test
    void a_manifest_altered_on_disk_is_repaired_by_pushing_it_again() throws Exception {
        String manifest = registry.image("shop", BLOB);
        registry.putManifest("shop", "v1", manifest);
        Path file = registry.file(Digest.sha256(bytes(manifest)));
        Files.write(file, bytes(manifest + " "));

        assertAbsent("v1");
        registry.putManifest("shop", "v1", manifest);

        assertThat(text(registry.get("/v2/shop/manifests/v1"))).isEqualTo(manifest);
    }

    /** A client that is told by one answer that it is there, or by an error of the server, would not push it again. */
    private void assertAbsent(String reference) {
        HttpResponse<byte[]> get = registry.get("/v2/shop/manifests/" + reference);
        assertThat(get.statusCode()).isEqualTo(404);
        assertThat(text(get)).contains("MANIFEST_UNKNOWN", "damaged or lost", "Push the same bytes again");
        assertThat(registry.send("HEAD", "/v2/shop/manifests/" + reference, EMPTY)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void a_manifest_whose_file_is_gone_is_404_for_get_and_head_and_a_push_repairs_it() throws Exception {
        String manifest = registry.image("shop", BLOB);
        registry.putManifest("shop", "v1", manifest);
        Files.delete(registry.file(Digest.sha256(bytes(manifest))));

        assertAbsent("v1");
        assertAbsent(Digest.sha256(bytes(manifest)).toString());
        registry.putManifest("shop", "v1", manifest);

        assertThat(text(registry.get("/v2/shop/manifests/v1"))).isEqualTo(manifest);
    }

    @Test
    void what_was_deleted_says_when_by_whom_and_how_it_comes_back() {
        assertThat(registry.send("DELETE", "/v2/shop/blobs/" + digest, EMPTY).statusCode())
                .isEqualTo(202);

        HttpResponse<byte[]> blob = registry.get("/v2/shop/blobs/" + digest);

        assertThat(blob.statusCode()).isEqualTo(404);
        assertThat(text(blob))
                .contains(
                        "BLOB_UNKNOWN",
                        "taken out on",
                        "by builder (deleted)",
                        "waybill registry restore shop " + digest);
        String manifest = registry.image("shop", BLOB);
        Digest pushed = Digest.sha256(bytes(manifest));
        registry.putManifest("shop", pushed.toString(), manifest);
        registry.send("DELETE", "/v2/shop/manifests/" + pushed, EMPTY);
        assertThat(text(registry.get("/v2/shop/manifests/" + pushed)))
                .contains("MANIFEST_UNKNOWN", "by builder (deleted)", "waybill registry restore shop " + pushed);
    }
}
