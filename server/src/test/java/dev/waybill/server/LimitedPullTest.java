package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A builder tries to get something that runs past the limit of a cluster's pull account, beside what was promoted. */
class LimitedPullTest {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String IMAGE_CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final String BYTES = "application/octet-stream";

    @TempDir
    Path data;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WaybillServer server;
    private String admin;
    private Digest promoted;

    @BeforeEach
    void promote() throws Exception {
        server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0));
        Actor everything = new Actor(new ActorName("admin"), Set.of(), List.of(Grant.everywhere(Role.ADMIN)));
        admin = server.tokens().make(new Tokens.Wish(everything, false, null)).text();
        promoted = manifest(IMAGE, image(IMAGE_CONFIG, "promoted", ""));
        send("PUT", "/api/v1/applications/shop/pipeline", "[\"dev\"]");
        send(
                "POST",
                "/api/v1/registrations",
                "{\"application\":\"shop\",\"commit\":\"" + "a".repeat(40) + "\",\"digest\":\"" + promoted
                        + "\",\"commitsSince\":[],\"via\":\"register\"}");
        send("POST", "/api/v1/promotions", "{\"ref\":\"" + promoted + "\",\"to\":\"dev\"}");
        send(
                "POST",
                "/api/v1/tokens",
                "{\"actor\":\"cluster\",\"emails\":[],\"grants\":[{\"role\":\"viewer\"}],\"pullOnly\":\"dev\"}");
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void an_image_that_calls_the_promoted_one_its_subject_is_refused() throws Exception {
        Digest image = manifest(IMAGE, image(IMAGE_CONFIG, "something else", subject()));

        assertThat(pull("manifests/" + promoted)).isEqualTo(200);
        assertThat(pull("manifests/" + image)).isEqualTo(403);
        assertThat(pull("blobs/" + Digest.sha256("something else".getBytes(UTF_8))))
                .isEqualTo(403);
    }

    @Test
    void an_index_that_calls_it_its_subject_opens_no_image_inside() throws Exception {
        byte[] hidden = image(IMAGE_CONFIG, "something else", "");
        Digest image = manifest(IMAGE, hidden);
        Digest index = manifest(
                INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[" + descriptor(IMAGE, hidden)
                                + "]" + subject() + "}")
                        .getBytes(UTF_8));

        assertThat(pull("manifests/" + index)).isEqualTo(403);
        assertThat(pull("manifests/" + image)).isEqualTo(403);
    }

    @Test
    void an_image_that_a_document_about_it_carries_as_a_blob_is_no_manifest_to_pull() throws Exception {
        String hidden = new String(image(IMAGE_CONFIG, "something else", ""), UTF_8);
        Digest image = manifest(IMAGE, hidden.getBytes(UTF_8));
        Digest document = manifest(IMAGE, image(EMPTY, hidden, subject()));

        assertThat(pull("manifests/" + document)).isEqualTo(200);
        assertThat(pull("blobs/" + image)).isEqualTo(200);
        assertThat(pull("manifests/" + image)).isEqualTo(403);
    }

    private String subject() {
        return ",\"subject\":{\"mediaType\":\"" + IMAGE + "\",\"digest\":\"" + promoted + "\",\"size\":1}";
    }

    private byte[] image(String configType, String layer, String more) throws Exception {
        byte[] config = "{}".getBytes(UTF_8);
        byte[] content = layer.getBytes(UTF_8);
        for (byte[] blob : List.of(config, content)) {
            assertThat(send(admin, "POST", "/v2/shop/blobs/uploads/?digest=" + Digest.sha256(blob), BYTES, blob))
                    .isEqualTo(201);
        }
        return ("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":" + descriptor(configType, config)
                        + ",\"layers\":[" + descriptor(BYTES, content) + "]" + more + "}")
                .getBytes(UTF_8);
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private Digest manifest(String type, byte[] manifest) throws Exception {
        Digest digest = Digest.sha256(manifest);
        assertThat(send(admin, "PUT", "/v2/shop/manifests/" + digest, type, manifest))
                .isEqualTo(201);
        return digest;
    }

    private int pull(String what) throws Exception {
        Actor cluster = new Actor(new ActorName("cluster"), Set.of(), List.of(Grant.everywhere(Role.VIEWER)));
        String token =
                server.tokens().make(new Tokens.Wish(cluster, false, null)).text();
        return send(token, "GET", "/v2/shop/" + what, BYTES, new byte[0]);
    }

    private void send(String method, String path, String body) throws Exception {
        assertThat(send(admin, method, path, "application/json", body.getBytes(UTF_8)))
                .as(path)
                .isBetween(200, 299);
    }

    private int send(String token, String method, String path, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }
}
