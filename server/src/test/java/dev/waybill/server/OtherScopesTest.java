package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Route;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route against somebody who holds every role, but for another application or another environment only: where shop is
 * named they are refused, and lists do not tell of it.
 */
class OtherScopesTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final String COMMIT = "a".repeat(40);
    private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";

    /** Read by everybody who reads anything (docs/access.md), or bound to who asks by the token alone. */
    private static final Set<String> EVERYBODY_S = Set.of(
            "GET /api/v1/statements/{id}",
            "GET /api/v1/ledger/entries",
            "POST /api/v1/ledger/verify",
            "GET /ledger/checkpoint",
            "GET /ledger/tile/<path>",
            "GET /ledger",
            "GET /statements/{id}",
            "GET /events",
            "GET /api/v1/whoami",
            "GET /api/v1/agent/desired",
            "GET /api/v1/agent/releases/{environment}/{application}/{number}",
            "POST /api/v1/agent/reports",
            "POST /api/v1/agent/heartbeats");

    @TempDir
    static Path data;

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static WaybillServer server;
    private static String admin;
    private static String elsewhere;
    private static String otherEnvironment;
    private static Digest artifact;
    private static String promotion;

    /** What a handler that looks for its scope itself is asked, and what those who may not shall get. */
    private record Case(String route, String path, @Nullable String body, Expected elsewhere, Expected otherPlace) {
        String method() {
            return route.substring(0, route.indexOf(' '));
        }
    }

    private enum Expected {
        REFUSED,
        /** As if there were none: in the same words as for a digest that nobody ever saw. */
        UNKNOWN,
        /** Answers, and does not name what it may not tell of. */
        SILENT,
        /** Belongs to no single environment. */
        ANSWERED
    }

    private record Answer(int status, String body) {}

    @BeforeAll
    static void a_shop_with_everything_in_it() {
        server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0));
        admin = token("root", Grant.everywhere(Role.ADMIN));
        elsewhere = token(
                "elsewhere",
                Stream.of(Role.values())
                        .map(role -> new Grant(role, new ApplicationName("blog"), null))
                        .toArray(Grant[]::new));
        otherEnvironment = token(
                "neighbour",
                Stream.of(Role.values())
                        .map(role -> new Grant(role, SHOP, new EnvironmentName("dev")))
                        .toArray(Grant[]::new));
        artifact = push();
        must("PUT", "/api/v1/applications/shop/pipeline", "[{\"production\": {\"approvals\": 1}}, \"staging\"]");
        must("POST", "/api/v1/registrations", registration());
        must(
                "PUT",
                "/api/v1/configuration/production/shop",
                "{\"set\":{\"PORT\":{\"kind\":\"value\",\"value\":\"80\"}},\"unset\":[]}");
        promotion = Json.parse(must("POST", "/api/v1/promotions", promotion()).getBytes(UTF_8))
                .path("id")
                .asString("");
        must("POST", "/api/v1/marks", hold());
        must("POST", "/api/v1/deployments", claim());
        must("POST", "/api/v1/tags", tag());
        must("POST", "/api/v1/agents/invitations", "{\"agent\":\"host-1\",\"slots\":[\"production/shop\"]}");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String registration() {
        return "{\"application\":\"shop\",\"commit\":\"" + COMMIT + "\",\"digest\":\"" + artifact
                + "\",\"commitsSince\":[],\"via\":\"register\"}";
    }

    private static String promotion() {
        return "{\"ref\":\"shop@" + COMMIT + "\",\"to\":\"production\"}";
    }

    private static String hold() {
        return "{\"kind\":\"hold\",\"end\":false,\"slot\":\"production/shop\",\"reason\":\"It is Friday.\"}";
    }

    private static String claim() {
        return "{\"slot\":\"production/shop\",\"ref\":\"shop@" + COMMIT + "\",\"tool\":\"helm\"}";
    }

    private static String tag() {
        return "{\"ref\":\"shop@" + COMMIT + "\",\"version\":\"1.0\"}";
    }

    private static String copy() {
        return "{\"repository\":\"shop\",\"digest\":\"" + artifact + "\",\"from\":\"registry.example.com/shop\"}";
    }

    private static String byDigest(String body) {
        return body.replace("shop@" + COMMIT, artifact.toString());
    }

    private static Stream<Case> cases() {
        String decision = "{\"decision\":\"approved\",\"covers\":\"" + artifact + "\"}";
        String test = "{\"application\":\"shop\",\"artifact\":\"" + artifact + "\",\"suite\":\"unit\","
                + "\"binding\":\"fetched\",\"run\":{\"id\":\"r1\",\"command\":\"make\",\"exitCode\":0,"
                + "\"startedOn\":\"2026-01-02T12:00:00Z\",\"finishedOn\":\"2026-01-02T12:01:00Z\","
                + "\"runner\":\"somebody\",\"environment\":[]},\"reports\":[]}";
        String document = "{\"application\":\"shop\",\"artifact\":\"" + artifact
                + "\",\"predicateType\":\"https://cyclonedx.org/bom\",\"content\":{\"name\":\"bom.json\",\"digest\":\""
                + layer() + "\",\"size\":5,\"mediaType\":\"application/json\"}}";
        String restored = "{\"repository\":\"shop\",\"digest\":\"" + artifact + "\"}";
        Expected no = Expected.REFUSED;
        Expected none = Expected.UNKNOWN;
        Expected silent = Expected.SILENT;
        Expected yes = Expected.ANSWERED;
        return Stream.of(
                new Case("GET /api/v1/applications", "", null, silent, yes),
                new Case("GET /api/v1/resolve", "?ref=shop@" + COMMIT, null, no, yes),
                new Case("GET /api/v1/resolve", "?ref=" + artifact, null, none, yes),
                new Case("GET /api/v1/resolve", "?ref=shop@bbbbbbbb", null, no, yes),
                new Case("GET /api/v1/resolve", "?ref=production/shop", null, no, no),
                new Case("GET /api/v1/resolve", "?ref=production/shop%231", null, no, no),
                new Case("GET /api/v1/files/{sha256}", layer().hex(), null, silent, yes),
                new Case("POST /api/v1/registrations", "", registration(), no, no),
                new Case("POST /api/v1/tags", "", tag(), no, no),
                new Case("POST /api/v1/tags", "", byDigest(tag()), none, no),
                new Case("POST /api/v1/tags", "", tag().replace(COMMIT, "bbbbbbbb"), no, yes),
                new Case("POST /api/v1/evidence/tests", "", test, no, no),
                new Case("POST /api/v1/evidence/documents", "", document, no, no),
                new Case("GET /api/v1/artifacts/{digest}/evidence", artifact.toString(), null, none, yes),
                new Case("GET /api/v1/artifacts/{digest}", artifact.toString(), null, none, yes),
                new Case("POST /api/v1/promotions", "", promotion(), no, no),
                new Case("POST /api/v1/promotions", "", byDigest(promotion()), none, no),
                new Case("POST /api/v1/promotions", "", promotion().replace(COMMIT, "bbbbbbbb"), no, yes),
                new Case("GET /api/v1/promotions", "", null, silent, silent),
                new Case("GET /api/v1/promotions", "?slot=production/shop", null, no, no),
                new Case("GET /api/v1/promotions/{id}", promotion, null, no, no),
                new Case("POST /api/v1/promotions/{id}/decision", promotion, decision, no, no),
                new Case("POST /api/v1/marks", "", hold(), no, no),
                new Case(
                        "POST /api/v1/marks",
                        "",
                        "{\"kind\":\"veto\",\"end\":false,\"ref\":\"shop@" + COMMIT + "\",\"reason\":\"Broken.\"}",
                        no,
                        no),
                new Case("GET /api/v1/marks", "", null, silent, silent),
                new Case("GET /api/v1/marks", "?application=shop", null, silent, silent),
                new Case(
                        "POST /api/v1/rollbacks", "", "{\"slot\":\"production/shop\",\"why\":\"It is slow.\"}", no, no),
                new Case("POST /api/v1/deployments", "", claim(), no, no),
                new Case(
                        "POST /api/v1/deployments",
                        "",
                        byDigest(claim()).replace("production/shop", "dev/blog"),
                        none,
                        no),
                new Case(
                        "POST /api/v1/marks",
                        "",
                        "{\"kind\":\"veto\",\"end\":false,\"ref\":\"" + artifact
                                + "\",\"slot\":\"dev/blog\",\"reason\":\"Broken.\"}",
                        none,
                        Expected.ANSWERED),
                new Case("GET /api/v1/agents", "", null, silent, silent),
                new Case("GET /api/v1/running", "", null, silent, silent),
                new Case("GET /api/v1/running", "?slot=production/shop", null, no, no),
                new Case("GET /api/v1/trace", "?q=" + artifact, null, Expected.SILENT, yes),
                new Case("GET /api/v1/trace", "?q=production/shop", null, silent, silent),
                new Case("GET /api/v1/diff", "?a=shop@" + COMMIT + "&b=" + artifact, null, no, yes),
                new Case("GET /api/v1/diff", "?a=" + artifact + "&b=" + artifact, null, none, yes),
                new Case("GET /api/v1/diff", "?a=production/shop%231&b=production/shop", null, no, no),
                new Case("GET /api/v1/board", "", null, silent, silent),
                new Case("GET /", "", null, silent, silent),
                new Case("GET /artifacts/{digest}", artifact.toString(), null, none, yes),
                new Case("GET /compare", "?a=shop@" + COMMIT + "&b=" + artifact, null, no, yes),
                new Case("GET /compare", "?a=" + artifact + "&b=" + artifact, null, none, yes),
                new Case("GET /compare", "?a=production/shop%231&b=production/shop", null, no, no),
                new Case("GET /promotions/{id}", promotion, null, no, no),
                new Case("POST /promotions/{id}/decision", promotion, "decision=approved", no, no),
                new Case("POST /promotions", "", "artifact=" + artifact + "&to=production", none, no),
                new Case("POST /rollbacks", "", "slot=production/shop&why=slow", no, no),
                new Case("POST /holds", "", "slot=production/shop&reason=Friday", no, no),
                new Case("POST /vetoes", "", "artifact=" + artifact + "&reason=broken", none, no),
                new Case("GET /api/v1/registry/why/{digest}", artifact.toString(), null, silent, silent),
                new Case("GET /api/v1/registry/storage", "", null, silent, yes),
                new Case("POST /api/v1/registry/restored", "", restored, no, no),
                new Case("POST /api/v1/registry/copies", "", copy(), no, no),
                new Case("GET /v2", "", null, yes, yes),
                new Case("GET /v2/", "", null, yes, yes),
                new Case("GET /v2/<path>", "shop/tags/list", null, no, yes),
                new Case("GET /v2/<path>", "shop/manifests/1.0", null, no, yes),
                new Case("GET /v2/<path>", "shop/blobs/" + layer(), null, no, yes),
                new Case("GET /v2/<path>", "shop/referrers/" + artifact, null, no, yes),
                new Case("POST /v2/<path>", "shop/blobs/uploads/", "", no, no),
                new Case("PUT /v2/<path>", "shop/manifests/2.0", "{}", no, no),
                new Case("PATCH /v2/<path>", "shop/blobs/uploads/00000000-0000-4000-8000-000000000000", "x", no, no),
                new Case("DELETE /v2/<path>", "shop/manifests/1.0", "", no, no));
    }

    @TestFactory
    Stream<DynamicTest> who_holds_every_role_for_another_application_is_refused_and_told_nothing() {
        return cases().map(each -> DynamicTest.dynamicTest(
                each.route() + " " + each.path(), () -> check(each, elsewhere, each.elsewhere(), "shop")));
    }

    @TestFactory
    Stream<DynamicTest> who_holds_every_role_for_another_environment_is_refused_and_told_nothing_of_this_one() {
        return cases().map(each -> DynamicTest.dynamicTest(
                each.route() + " " + each.path(),
                () -> check(each, otherEnvironment, each.otherPlace(), "production")));
    }

    @TestFactory
    Stream<DynamicTest> a_route_whose_path_names_the_scope_refuses_both() {
        return server.routes().all().stream()
                .filter(route -> route.permit().applicationParameter() != null)
                .flatMap(route -> {
                    Permit permit = route.permit();
                    boolean anyPlace = permit.environmentParameter() == null && permit.permission() == Permission.READ;
                    return Stream.of(
                            DynamicTest.dynamicTest(
                                    "elsewhere: " + route.method() + " " + route.path(),
                                    () -> assertThat(status(route, elsewhere)).isEqualTo(403)),
                            DynamicTest.dynamicTest("other environment: " + route.method() + " " + route.path(), () -> {
                                int status = status(route, otherEnvironment);
                                assertThat(status == 403).isEqualTo(!anyPlace);
                            }));
                });
    }

    @TestFactory
    Stream<DynamicTest> a_right_over_the_whole_server_is_no_role_for_one_application() {
        return server.routes().all().stream()
                .filter(route -> route.permit().permission() != null
                        && !route.permit().scopeInHandler()
                        && route.permit().applicationParameter() == null
                        && route.permit().permission() != Permission.READ)
                .map(route -> DynamicTest.dynamicTest(
                        route.method() + " " + route.path(),
                        () -> assertThat(status(route, elsewhere)).isEqualTo(403)));
    }

    @Test
    void what_others_store_is_in_no_sum() {
        assertThat(send(elsewhere, "GET", "/api/v1/registry/storage", "").body())
                .contains("\"stored\":0", "\"repositories\":[]");
        assertThat(send(admin, "GET", "/api/v1/registry/storage", "").body()).doesNotContain("\"stored\":0");
    }

    @Test
    void every_route_that_looks_for_its_scope_itself_is_tried_here() {
        Set<String> tried = cases().map(Case::route).collect(Collectors.toSet());
        List<String> forgotten = server.routes().all().stream()
                .filter(route -> route.permit().permission() != null
                        && route.permit().applicationParameter() == null
                        && (route.permit().scopeInHandler() || route.permit().permission() == Permission.READ))
                .map(route -> route.method() + " " + route.path())
                // HEAD is GET without a body; /v2 and /v2/ are the ping, whatever the method.
                .filter(name -> !name.startsWith("HEAD ") && !name.matches("(POST|PUT|PATCH|DELETE) /v2/?"))
                .filter(name -> !tried.contains(name) && !EVERYBODY_S.contains(name))
                .toList();

        assertThat(forgotten).isEmpty();
    }

    @Test
    void a_refusal_names_the_roles_that_would_do_and_where() {
        assertThat(send(elsewhere, "POST", "/api/v1/promotions", promotion()).body())
                .contains("FORBIDDEN", "viewer:shop");
        assertThat(send(otherEnvironment, "POST", "/api/v1/promotions", promotion())
                        .body())
                .contains("FORBIDDEN", "promoter:shop:production or admin:shop:production");
        assertThat(send(otherEnvironment, "POST", "/api/v1/registrations", registration())
                        .body())
                .contains("builder:shop or admin:shop");
        assertThat(send(elsewhere, "POST", "/api/v1/tokens", "{}").body()).contains("takes the role admin.");
    }

    private static void check(Case each, String token, Expected expected, String secret) {
        String[] parts = each.route().split(" ", 2);
        String path = parts[1].contains("{") || parts[1].contains("<")
                ? parts[1].replaceAll("[{<][a-z0-9A-Z]+[}>]", each.path())
                : parts[1] + each.path();
        Answer answer = send(token, each.method(), path, each.body() == null ? "" : each.body());
        switch (expected) {
            case REFUSED -> assertThat(answer.status()).as(answer.body()).isEqualTo(403);
            case UNKNOWN -> {
                assertThat(answer.status()).as(answer.body()).isEqualTo(404);
                String nobodys = "sha256:" + "0".repeat(64);
                String body = each.body() == null ? "" : each.body().replace(artifact.toString(), nobodys);
                Answer of = send(token, each.method(), path.replace(artifact.toString(), nobodys), body);
                assertThat(answer.status()).isEqualTo(of.status());
                assertThat(answer.body().replace(artifact.toString(), nobodys)).isEqualTo(of.body());
            }
            case ANSWERED -> assertThat(answer.status()).as(answer.body()).isNotIn(401, 403, 500, 503);
            case SILENT -> {
                assertThat(answer.status()).as(answer.body()).isIn(200, 404);
                // A problem repeats what was asked; what is found says more.
                assertThat(answer.status() == 200 ? answer.body() : "").doesNotContain(secret);
            }
        }
    }

    private static int status(Route route, String token) {
        String path = route.path()
                .replaceAll("[{<]application[}>]", "shop")
                .replace("{environment}", "production")
                .replace("{commit}", COMMIT)
                .replaceAll("\\{[a-zA-Z0-9]+\\}", "1");
        return send(token, route.method(), path, "{}").status();
    }

    private static String must(String method, String path, String body) {
        Answer answer = send(admin, method, path, body);
        assertThat(answer.status()).as(path + " " + answer.body()).isIn(200, 201);
        return answer.body();
    }

    private static String token(String name, Grant... grants) {
        Actor actor = new Actor(new ActorName(name), Set.of(name + "@example.com"), List.of(grants));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    private static Digest layer() {
        return Digest.sha256("goods".getBytes(UTF_8));
    }

    private static Digest push() {
        byte[] config = "{}".getBytes(UTF_8);
        for (String blob : List.of("goods", "{}")) {
            must("POST", "/v2/shop/blobs/uploads/?digest=" + Digest.sha256(blob.getBytes(UTF_8)), blob);
        }
        String manifest = "{\"schemaVersion\":2,\"mediaType\":\"" + IMAGE
                + "\",\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"digest\":\""
                + Digest.sha256(config) + "\",\"size\":2},\"layers\":[{\"mediaType\":\"application/octet-stream\","
                + "\"digest\":\"" + layer() + "\",\"size\":5}]}";
        Digest digest = Digest.sha256(manifest.getBytes(UTF_8));
        must("PUT", "/v2/shop/manifests/" + digest, manifest);
        return digest;
    }

    private static Answer send(String token, String method, String path, String body) {
        boolean form = !path.startsWith("/api/") && !path.startsWith("/v2");
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + token)
                .header("Origin", server.url())
                .header("Content-Type", form ? "application/x-www-form-urlencoded" : type(path))
                .build();
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String type(String path) {
        if (path.contains("/manifests/")) {
            return IMAGE;
        }
        return path.startsWith("/v2") ? "application/octet-stream" : "application/json";
    }
}
