package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
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
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The route table times the roles: who may do what is written here a second time, by hand. */
class EveryRouteAsksTest {
    private static final Map<Permission, Set<Role>> MATRIX = matrix();
    /** The only routes that answer somebody who has not said who they are. */
    private static final Set<String> OPEN = Set.of(
            "/api/v1/server",
            "/api/openapi.yaml",
            "/api/v1/ledger/trust",
            "/api/v1/agents",
            "/token",
            "/login",
            "/logout",
            "/assets/{hash}/{name}",
            "/favicon.ico");

    @TempDir
    static Path data;

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private static WaybillServer server;
    private static final Map<Role, String> TOKENS = new EnumMap<>(Role.class);

    @BeforeAll
    static void start() {
        server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0));
        for (Role role : Role.values()) {
            Actor actor = new Actor(new ActorName(role.label()), Set.of(), List.of(Grant.everywhere(role)));
            TOKENS.put(
                    role,
                    server.tokens().make(new Tokens.Wish(actor, false, null)).text());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void only_these_routes_are_open_to_everyone() {
        List<String> open = server.routes().all().stream()
                .filter(r -> r.permit().permission() == null)
                .filter(r -> !(r.path().equals("/api/v1/agents") && r.method().equals("POST")))
                .map(Route::path)
                .distinct()
                .toList();

        assertThat(OPEN).containsAll(open);
    }

    @TestFactory
    Stream<DynamicTest> nobody_passes_without_a_token() {
        return guarded()
                .map(route -> DynamicTest.dynamicTest(
                        route.method() + " " + route.path(),
                        () -> assertThat(status(route, null)).isEqualTo(401)));
    }

    @TestFactory
    Stream<DynamicTest> a_role_without_the_permission_is_forbidden() {
        return guarded()
                .flatMap(route -> Stream.of(Role.values())
                        .filter(role -> !allowed(route).contains(role))
                        .map(role -> DynamicTest.dynamicTest(
                                role.label() + ": " + route.method() + " " + route.path(),
                                () -> assertThat(status(route, TOKENS.get(role)))
                                        .isEqualTo(403))));
    }

    @TestFactory
    Stream<DynamicTest> a_role_with_the_permission_gets_past_the_check() {
        return guarded()
                .filter(route -> !route.permit().scopeInHandler())
                .filter(route -> !route.path().startsWith("/events"))
                .flatMap(route -> Stream.of(Role.values())
                        .filter(role -> allowed(route).contains(role))
                        .map(role -> DynamicTest.dynamicTest(
                                role.label() + ": " + route.method() + " " + route.path(),
                                () -> assertThat(status(route, TOKENS.get(role)))
                                        .isNotIn(401, 403, 500))));
    }

    @Test
    void every_permission_stands_in_the_matrix() {
        assertThat(MATRIX.keySet()).containsExactlyInAnyOrder(Permission.values());
        assertThat(server.routes().all())
                .extracting(Route::permit)
                .doesNotContainNull()
                .hasOnlyElementsOfType(Permit.class);
    }

    private static Set<Role> allowed(Route route) {
        return MATRIX.getOrDefault(route.permit().permission(), Set.of());
    }

    private static Stream<Route> guarded() {
        return server.routes().all().stream().filter(r -> r.permit().permission() != null);
    }

    private static int status(Route route, @Nullable String token) throws IOException, InterruptedException {
        String path = route.path()
                .replace("{application}", "shop")
                .replace("{environment}", "staging")
                .replace("{digest}", "sha256:" + "0".repeat(64))
                .replaceAll("\\{[a-zA-Z0-9]+\\}", "0".repeat(64))
                .replaceAll("<[a-zA-Z]+>", "shop/tags/list");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .timeout(Duration.ofSeconds(20))
                .method(route.method(), HttpRequest.BodyPublishers.ofString("{}"));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static Map<Permission, Set<Role>> matrix() {
        Map<Permission, Set<Role>> matrix = new EnumMap<>(Permission.class);
        matrix.put(Permission.READ, EnumSet.allOf(Role.class));
        matrix.put(Permission.MEASURE, EnumSet.allOf(Role.class));
        matrix.put(Permission.BUILD, EnumSet.of(Role.BUILDER, Role.ADMIN));
        matrix.put(Permission.PROMOTE, EnumSet.of(Role.PROMOTER, Role.ADMIN));
        matrix.put(Permission.APPROVE, EnumSet.of(Role.APPROVER));
        matrix.put(Permission.CONFIGURE, EnumSet.of(Role.CONFIGURER, Role.ADMIN));
        matrix.put(Permission.DEPLOY, EnumSet.of(Role.AGENT));
        matrix.put(Permission.ADMINISTER, EnumSet.of(Role.ADMIN));
        return matrix;
    }
}
