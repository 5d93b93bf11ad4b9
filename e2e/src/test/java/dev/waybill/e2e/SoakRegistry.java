package dev.waybill.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OCI protocol as an impatient client speaks it: what breaks is thrown, what is answered is looked at. */
final class SoakRegistry {
    static final List<String> REPOSITORIES = List.of("soak-a", "soak-b");
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    SoakRegistry(String url, String token) {
        this.url = url;
        this.token = token;
    }

    HttpResponse<byte[]> send(String method, String path, byte[] body, String type) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url).resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body))
                .build();
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private HttpResponse<byte[]> send(String method, String path) throws IOException {
        return send(method, path, new byte[0], "application/octet-stream");
    }

    /** In one of the ways that clients know: asked for first, mounted from the other repository, in one piece or in two steps. */
    void pushBlob(String repository, byte[] bytes, Random random) throws IOException {
        Digest digest = Digest.sha256(bytes);
        String base = "/v2/" + repository + "/blobs/";
        if (random.nextInt(3) == 0 && send("HEAD", base + digest).statusCode() == 200) {
            return;
        }
        String start = switch (random.nextInt(3)) {
            case 0 -> "?mount=" + digest + "&from=" + REPOSITORIES.get(random.nextInt(REPOSITORIES.size()));
            case 1 -> "?digest=" + digest;
            default -> "";
        };
        byte[] body = start.startsWith("?digest") ? bytes : new byte[0];
        HttpResponse<byte[]> answer = send("POST", base + "uploads/" + start, body, "application/octet-stream");
        if (answer.statusCode() == 202) {
            String location = answer.headers().firstValue("Location").orElseThrow();
            answer = send("PUT", location + "?digest=" + digest, bytes, "application/octet-stream");
        }
        require(answer, 201, "push of a blob");
    }

    /** False when a part was collected before the manifest came: nothing protected it. */
    boolean putManifest(String repository, String reference, byte[] manifest) throws IOException {
        HttpResponse<byte[]> answer = send("PUT", "/v2/" + repository + "/manifests/" + reference, manifest, IMAGE);
        if (answer.statusCode() == 404 && text(answer).contains("MANIFEST_BLOB_UNKNOWN")) {
            return false;
        }
        require(answer, 201, "push of a manifest");
        return true;
    }

    /** True if it was there. */
    boolean delete(String repository, String reference) throws IOException {
        HttpResponse<byte[]> answer = send("DELETE", "/v2/" + repository + "/manifests/" + reference);
        if (answer.statusCode() != 404) {
            require(answer, 202, "delete");
        }
        return answer.statusCode() == 202;
    }

    /** Null when there is none; everything that it consists of otherwise, held against its digests. */
    @Nullable
    Digest whole(String repository, String reference) throws IOException {
        HttpResponse<byte[]> answer = send("GET", "/v2/" + repository + "/manifests/" + reference);
        if (answer.statusCode() == 404) {
            if (!text(answer).contains("there is none")) {
                throw new AssertionError(repository + ":" + reference + ": " + text(answer));
            }
            return null;
        }
        require(answer, 200, "pull of " + repository + ":" + reference);
        Digest digest = Digest.sha256(answer.body());
        if (!answer.headers().firstValue("Docker-Content-Digest").equals(Optional.of(digest.toString()))) {
            throw new AssertionError(repository + ":" + reference + " answers with other bytes than its digest");
        }
        JsonNode manifest = Json.parseObject(answer.body());
        blob(repository, reference, manifest.path("config"));
        for (JsonNode layer : manifest.path("layers")) {
            blob(repository, reference, layer);
        }
        return digest;
    }

    private void blob(String repository, String reference, JsonNode descriptor) throws IOException {
        Digest digest = Digest.parse(descriptor.path("digest").asString());
        HttpResponse<byte[]> answer = send("GET", "/v2/" + repository + "/blobs/" + digest);
        require(answer, 200, "pull of " + digest + " of " + repository + ":" + reference);
        if (!Digest.sha256(answer.body()).equals(digest)) {
            throw new AssertionError(digest + " of " + repository + ":" + reference + " has other bytes");
        }
    }

    static byte[] manifest(byte[] config, List<byte[]> layers) {
        ObjectNode manifest = Json.object();
        manifest.put("schemaVersion", 2).put("mediaType", IMAGE);
        describe(manifest.putObject("config"), config);
        var list = manifest.putArray("layers");
        layers.forEach(layer -> describe(list.addObject(), layer));
        return Json.write(manifest);
    }

    private static void describe(ObjectNode into, byte[] bytes) {
        into.put("mediaType", "application/octet-stream")
                .put("digest", Digest.sha256(bytes).toString())
                .put("size", bytes.length);
    }

    /** Whatever is not foreseen is a fault of the server, not of the connection. */
    static void require(HttpResponse<byte[]> answer, int expected, String what) {
        if (answer.statusCode() != expected) {
            throw new AssertionError(what + ": " + answer.statusCode() + " " + text(answer));
        }
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), UTF_8);
    }
}
