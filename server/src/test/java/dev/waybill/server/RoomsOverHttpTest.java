package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Artifacts, evidence and limited pulls as clients see them: status, problem codes, who may. */
class RoomsOverHttpTest {
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
    private static final String COMMIT = "a".repeat(40);

    @TempDir
    Path data;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WaybillServer server;
    private String admin;
    private String builder;
    private Digest artifact;

    private record Answer(int status, String body) {
        JsonNode json() {
            return Json.parse(body.getBytes(UTF_8));
        }

        String code() {
            return json().path("code").asString("");
        }
    }

    @BeforeEach
    void start() {
        server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0));
        admin = token("admin", Grant.everywhere(Role.ADMIN));
        builder = token("builder", new Grant(Role.BUILDER, new ApplicationName("shop"), null));
        artifact = push("one");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String token(String name, Grant... grants) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(grants));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    private Answer send(String token, String method, String path, String body) {
        return send(token, method, path, body.getBytes(UTF_8), "application/json");
    }

    private Answer send(String token, String method, String path, byte[] body, String type) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", type)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer get(String token, String path) {
        return send(token, "GET", path, "");
    }

    private Digest push(String content) {
        byte[] layer = content.getBytes(UTF_8);
        byte[] config = "{}".getBytes(UTF_8);
        for (byte[] blob : List.of(layer, config)) {
            Answer pushed = send(
                    builder,
                    "POST",
                    "/v2/shop/blobs/uploads/?digest=" + Digest.sha256(blob),
                    blob,
                    "application/octet-stream");
            assertThat(pushed.status()).isEqualTo(201);
        }
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE + "\",\"config\":"
                        + descriptor("application/vnd.oci.empty.v1+json", config) + ",\"layers\":["
                        + descriptor("application/octet-stream", layer) + "]}")
                .getBytes(UTF_8);
        Digest digest = Digest.sha256(manifest);
        assertThat(send(builder, "PUT", "/v2/shop/manifests/" + digest, manifest, IMAGE)
                        .status())
                .isEqualTo(201);
        return digest;
    }

    private static String descriptor(String type, byte[] content) {
        return "{\"mediaType\":\"" + type + "\",\"digest\":\"" + Digest.sha256(content) + "\",\"size\":"
                + content.length + "}";
    }

    private Answer register(String token, String commit, Digest digest) {
        return send(
                token,
                "POST",
                "/api/v1/registrations",
                "{\"application\":\"shop\",\"commit\":\"" + commit + "\",\"digest\":\"" + digest
                        + "\",\"commitsSince\":[],\"via\":\"register\"}");
    }

    private Answer test(String token, Digest about) {
        return send(
                token,
                "POST",
                "/api/v1/evidence/tests",
                "{\"application\":\"shop\",\"artifact\":\"" + about + "\",\"suite\":\"unit\",\"binding\":\"fetched\","
                        + "\"run\":{\"id\":\"r1\",\"command\":\"mvn verify\",\"exitCode\":0,"
                        + "\"startedOn\":\"2026-01-02T12:00:00Z\",\"finishedOn\":\"2026-01-02T12:01:00Z\","
                        + "\"runner\":\"somebody\",\"environment\":[]},\"reports\":[]}");
    }

    private String limited() {
        Answer made = send(
                admin,
                "POST",
                "/api/v1/tokens",
                "{\"actor\":\"cluster\",\"emails\":[],\"grants\":[{\"role\":\"viewer\"}],\"pullOnly\":\"dev\"}");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return made.json().path("token").asString();
    }

    private void promote() {
        send(admin, "PUT", "/api/v1/applications/shop/pipeline", "[\"dev\"]");
        Answer promoted = send(admin, "POST", "/api/v1/promotions", "{\"ref\":\"" + artifact + "\",\"to\":\"dev\"}");
        assertThat(promoted.status()).as(promoted.body()).isEqualTo(200);
    }

    @Test
    void a_registration_is_new_once_then_the_same_and_other_bytes_for_the_commit_are_refused() {
        Answer first = register(builder, COMMIT, artifact);
        Answer again = register(builder, COMMIT, artifact);
        Answer other = register(builder, COMMIT, push("two"));

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("statement")).isEqualTo(first.json().path("statement"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("COMMIT_HAS_ARTIFACT");
    }

    @Test
    void an_artifact_is_found_by_commit_by_reference_and_in_the_lists() {
        register(builder, COMMIT, artifact);

        assertThat(get(builder, "/api/v1/applications/shop/commits/" + COMMIT)
                        .json()
                        .path("digest")
                        .asString())
                .isEqualTo(artifact.toString());
        assertThat(get(builder, "/api/v1/resolve?ref=shop@aaaaaaaa")
                        .json()
                        .path("digest")
                        .asString())
                .isEqualTo(artifact.toString());
        assertThat(get(builder, "/api/v1/applications/shop/artifacts").json()).hasSize(1);
        assertThat(get(admin, "/api/v1/applications").json()).hasSize(1);
        Answer unknown = get(builder, "/api/v1/applications/shop/commits/" + "b".repeat(40));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.code()).isEqualTo("ARTIFACT_UNKNOWN");
    }

    @Test
    void who_may_only_read_or_build_elsewhere_registers_and_attests_nothing_here() {
        String viewer = token("viewer", Grant.everywhere(Role.VIEWER));
        String elsewhere = token("elsewhere", new Grant(Role.BUILDER, new ApplicationName("blog"), null));
        register(builder, COMMIT, artifact);

        for (String token : List.of(viewer, elsewhere)) {
            assertThat(register(token, COMMIT, artifact).status()).isEqualTo(403);
            assertThat(test(token, artifact).status()).isEqualTo(403);
        }
        assertThat(get(elsewhere, "/api/v1/artifacts/" + artifact + "/evidence").status())
                .isEqualTo(404);
        assertThat(send(builder, "POST", "/api/v1/tags", "{\"ref\":\"" + artifact + "\",\"version\":\"1.0\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_test_run_is_recorded_listed_and_signed_by_who_sent_it() {
        register(builder, COMMIT, artifact);

        Answer recorded = test(builder, artifact);

        assertThat(recorded.status()).as(recorded.body()).isEqualTo(201);
        JsonNode listed =
                get(builder, "/api/v1/artifacts/" + artifact + "/evidence").json();
        assertThat(listed).hasSize(1);
        assertThat(listed.get(0).path("result").asString()).isEqualTo("PASSED");
        assertThat(test(builder, Digest.sha256(new byte[0])).status()).isEqualTo(404);
        assertThat(send(builder, "POST", "/api/v1/evidence/tests", "{\"application\":\"shop\"}")
                        .status())
                .isEqualTo(400);
        assertThat(get(builder, "/api/v1/artifacts/sha256:nonsense/evidence").status())
                .isEqualTo(400);
    }

    @Test
    void a_version_is_given_once_and_a_file_is_found_by_its_hash() {
        register(builder, COMMIT, artifact);
        String tag = "{\"ref\":\"" + artifact + "\",\"version\":\"1.0\"}";

        assertThat(send(admin, "POST", "/api/v1/tags", tag).status()).isEqualTo(200);
        assertThat(get(builder, "/api/v1/resolve?ref=shop:1.0")
                        .json()
                        .path("digest")
                        .asString())
                .isEqualTo(artifact.toString());
        Digest two = push("two");
        register(builder, "b".repeat(40), two);
        Answer moved = send(admin, "POST", "/api/v1/tags", "{\"ref\":\"" + two + "\",\"version\":\"1.0\"}");
        assertThat(moved.code()).isEqualTo("TAG_IMMUTABLE");
        assertThat(get(builder, "/api/v1/files/" + "0".repeat(64)).json()).isEmpty();
    }

    @Test
    void what_another_tool_deployed_is_recorded_and_shown_as_claimed() {
        register(builder, COMMIT, artifact);
        send(admin, "PUT", "/api/v1/applications/shop/pipeline", "[\"dev\"]");
        String claim = "{\"slot\":\"dev/shop\",\"ref\":\"" + artifact + "\",\"tool\":\"helm\"}";

        Answer made = send(admin, "POST", "/api/v1/deployments", claim);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.json().path("artifact").asString()).isEqualTo(artifact.toString());
        assertThat(get(admin, "/api/v1/running?slot=dev/shop")
                        .json()
                        .get(0)
                        .path("sentence")
                        .asString())
                .contains("Claimed, and seen by nobody: helm deployed", "says admin");
        JsonNode shown = get(admin, "/api/v1/artifacts/" + artifact).json();
        assertThat(shown.toString()).contains("deployed by helm, as admin says");
        assertThat(get(admin, "/api/v1/registry/why/" + artifact).body()).contains("deployment recorded in dev/shop");
        assertThat(send(builder, "POST", "/api/v1/deployments", claim).status()).isEqualTo(403);
        assertThat(send(admin, "POST", "/api/v1/deployments", claim.replace("dev/shop", "dev/blog"))
                        .code())
                .isEqualTo("CLAIM_INVALID");
        assertThat(send(admin, "POST", "/api/v1/deployments", claim.replace(artifact.hex(), "0".repeat(64)))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void nothing_is_held_or_recorded_in_a_slot_that_no_pipeline_has() {
        register(builder, COMMIT, artifact);
        String claim = "{\"slot\":\"moon/shop\",\"ref\":\"" + artifact + "\"}";
        String hold = "{\"kind\":\"hold\",\"end\":false,\"slot\":\"moon/shop\",\"reason\":\"It is Friday.\"}";
        assertThat(send(admin, "POST", "/api/v1/deployments", claim).body())
                .contains("SLOT_UNKNOWN", "no pipeline of shop");
        assertThat(send(admin, "POST", "/api/v1/marks", hold).body()).contains("SLOT_UNKNOWN", "no pipeline of shop");

        send(admin, "PUT", "/api/v1/applications/shop/pipeline", "[\"dev\", \"production\"]");
        Answer claimed = send(admin, "POST", "/api/v1/deployments", claim);
        Answer held = send(admin, "POST", "/api/v1/marks", hold);

        assertThat(claimed.status()).isEqualTo(404);
        assertThat(claimed.body()).contains("SLOT_UNKNOWN", "dev/shop, production/shop");
        assertThat(held.status()).isEqualTo(404);
        assertThat(held.body()).contains("SLOT_UNKNOWN", "dev/shop, production/shop");
        assertThat(send(admin, "POST", "/api/v1/marks", hold.replace("moon", "dev"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_hold_of_a_slot_that_left_the_pipeline_can_be_ended() {
        send(admin, "PUT", "/api/v1/applications/shop/pipeline", "[\"dev\", \"production\"]");
        String hold = "{\"kind\":\"hold\",\"end\":false,\"slot\":\"dev/shop\",\"reason\":\"It is Friday.\"}";
        assertThat(send(admin, "POST", "/api/v1/marks", hold).status()).isEqualTo(200);
        send(admin, "PUT", "/api/v1/applications/shop/pipeline", "[\"production\"]");

        Answer ended = send(admin, "POST", "/api/v1/marks", hold.replace("false", "true"));

        assertThat(ended.status()).as(ended.body()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../out", "a/../../out", "a\\\\b", "nul\\u0000byte", "C:/x", "a//b", "a/"})
    void a_packed_artifact_whose_file_would_not_stay_in_its_directory_is_not_registered(String title) {
        byte[] layer = "one".getBytes(UTF_8);
        byte[] config = "{}".getBytes(UTF_8);
        byte[] manifest = ("{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE
                        + "\",\"artifactType\":\"application/vnd.waybill.jar.v1\",\"config\":"
                        + descriptor("application/vnd.oci.empty.v1+json", config) + ",\"layers\":["
                        + descriptor("application/octet-stream", layer).replace("}", "")
                        + ",\"annotations\":{\"org.opencontainers.image.title\":\"" + title + "\"}}]}")
                .getBytes(UTF_8);
        Digest digest = Digest.sha256(manifest);
        Answer pushed = send(builder, "PUT", "/v2/shop/manifests/" + digest, manifest, IMAGE);
        assertThat(pushed.status()).as(pushed.body()).isEqualTo(201);

        Answer refused = register(builder, COMMIT, digest);

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("LAYER_TITLE_INVALID");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MIN_VALUE, 315_360_001, Long.MAX_VALUE})
    void a_token_lives_at_least_a_second_and_at_most_ten_years(long seconds) {
        Answer made = makeToken(seconds);

        assertThat(made.status()).isEqualTo(400);
        assertThat(made.code()).isEqualTo("TOKEN_LIFE_INVALID");
        assertThat(made.body()).contains("lifeSeconds", seconds + " is not between 1 and 315360000");
    }

    @Test
    void a_token_of_ten_years_is_made_and_works() {
        Answer made = makeToken(315_360_000);

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(get(made.json().path("token").asString(), "/api/v1/whoami").status())
                .isEqualTo(200);
    }

    @Test
    void no_token_of_an_agent_is_made_by_hand_not_even_among_other_roles() {
        Answer made = send(
                admin,
                "POST",
                "/api/v1/tokens",
                "{\"actor\":\"agent.front\",\"emails\":[],\"grants\":[{\"role\":\"viewer\"},{\"role\":\"agent\","
                        + "\"application\":\"shop\"}]}");

        assertThat(made.status()).as(made.body()).isEqualTo(422);
        assertThat(made.code()).isEqualTo("ROLE_BY_ENROLMENT");
        assertThat(get(admin, "/api/v1/tokens").body()).doesNotContain("agent.front");
    }

    private Answer makeToken(long seconds) {
        return send(
                admin,
                "POST",
                "/api/v1/tokens",
                "{\"actor\":\"robot\",\"emails\":[],\"grants\":[{\"role\":\"viewer\"}],\"lifeSeconds\":" + seconds
                        + "}");
    }

    @Test
    void a_limited_account_pulls_only_what_was_promoted_into_its_environment() {
        register(builder, COMMIT, artifact);
        Digest other = push("two");
        register(builder, "b".repeat(40), other);
        String cluster = limited();
        String layer = "/v2/shop/blobs/" + Digest.sha256("one".getBytes(UTF_8));
        Answer before = get(cluster, "/v2/shop/manifests/" + artifact);
        assertThat(before.status()).isEqualTo(403);
        assertThat(before.json().path("errors").get(0).path("code").asString()).isEqualTo("DENIED");
        assertThat(before.body()).contains("PULL_NOT_PERMITTED", "waybill promote");
        assertThat(get(cluster, layer).status()).isEqualTo(403);

        promote();

        assertThat(get(cluster, "/v2/shop/manifests/" + artifact).status()).isEqualTo(200);
        assertThat(get(cluster, layer).status()).isEqualTo(200);
        assertThat(send(cluster, "HEAD", "/v2/shop/manifests/" + other, "").status())
                .isEqualTo(403);
        assertThat(send(cluster, "HEAD", "/v2/shop/blobs/" + Digest.sha256("two".getBytes(UTF_8)), "")
                        .status())
                .isEqualTo(403);
        assertThat(get(builder, "/v2/shop/manifests/" + other).status()).isEqualTo(200);
    }

    @Test
    void a_limited_account_is_refused_by_tag_as_by_digest_and_with_a_second_token_too() {
        register(builder, COMMIT, artifact);
        send(admin, "POST", "/api/v1/tags", "{\"ref\":\"" + artifact + "\",\"version\":\"1.0\"}");
        limited();
        String second = token("cluster", Grant.everywhere(Role.VIEWER));

        assertThat(get(second, "/v2/shop/manifests/1.0").status()).isEqualTo(403);
        assertThat(get(second, "/v2/shop/manifests/nosuch").status()).isEqualTo(404);
    }

    @Test
    void a_limited_account_that_builds_elsewhere_does_not_take_there_what_it_may_not_pull() {
        register(builder, COMMIT, artifact);
        limited();
        String second = token("cluster", Grant.everywhere(Role.VIEWER), Grant.everywhere(Role.BUILDER));
        String layer = Digest.sha256("one".getBytes(UTF_8)).toString();
        String mount = "/v2/elsewhere/blobs/uploads/?mount=" + layer;

        assertThat(send(second, "POST", mount + "&from=shop", "").status()).isEqualTo(202);
        assertThat(send(second, "POST", mount, "").status()).isEqualTo(202);
        promote();

        assertThat(send(second, "POST", mount + "&from=shop", "").status()).isEqualTo(201);
    }

    @Test
    void a_limited_account_may_read_what_verifies_the_artifact() {
        register(builder, COMMIT, artifact);
        test(builder, artifact);
        promote();
        String cluster = limited();
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        JsonNode referrers = Json.object();
        while (referrers.path("manifests").isEmpty() && Instant.now().isBefore(deadline)) {
            referrers = get(cluster, "/v2/shop/referrers/" + artifact).json();
        }
        String referrer = referrers.path("manifests").get(0).path("digest").asString();

        Answer manifest = get(cluster, "/v2/shop/manifests/" + referrer);
        String bundle = manifest.json().path("layers").get(0).path("digest").asString();

        assertThat(manifest.status()).isEqualTo(200);
        assertThat(get(cluster, "/v2/shop/blobs/" + bundle).status()).isEqualTo(200);
    }
}
