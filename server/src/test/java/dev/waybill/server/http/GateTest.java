package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.traffic.Meters;
import dev.waybill.server.traffic.RateLimits;
import dev.waybill.server.traffic.Rates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who asks too often waits, and nobody else; over real connections. */
class GateTest {
    /** So many at once, and one more in a thousand seconds: nothing here depends on how fast the machine is. */
    private static final int AT_ONCE = 10;

    @TempDir
    Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Meters meters = new Meters();
    private Database database;
    private Tokens tokens;
    private final List<Web> webs = new ArrayList<>();
    private String url;

    @BeforeEach
    void serve() {
        database = SqliteDatabase.open(directory.resolve("waybill.sqlite"));
        tokens = new Tokens(database, Clock.systemUTC());
        url = serve(false);
    }

    private String serve(boolean behindProxy) {
        Routes routes = new Routes();
        routes.get("/api/v1/server", Permit.anyone(), call -> call.json("alive"));
        routes.get("/api/v1/echo", Permit.need(Permission.READ), call -> call.json("echo"));
        routes.get("/api/v1/agent/desired", Permit.needScopedByHandler(Permission.DEPLOY), call -> call.json("go"));
        routes.get("/v2/<path>", Permit.needScopedByHandler(Permission.READ), call -> call.json("blob"));
        routes.get("/open", Permit.anyone(), call -> call.json("open"));
        Gate gate = new Gate(new RateLimits(new Rates(1, 1), InstantSource.system()), meters, behindProxy);
        Web web = new Web(routes, TestCredentials.of(tokens), (status, problem) -> new byte[0], gate);
        webs.add(web);
        return "http://127.0.0.1:" + web.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        client.close();
        webs.forEach(Web::close);
        database.close();
    }

    private String token(String name, Role role) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(Grant.everywhere(role)));
        return tokens.make(new Tokens.Wish(actor, false, null)).text();
    }

    /** Asks until it is told to wait. A machine that takes seconds for a request may be given one more in between. */
    private HttpResponse<String> untilRefused(String path, @Nullable String token, String... headers) throws Exception {
        for (int i = 0; i < 10 * AT_ONCE; i++) {
            HttpResponse<String> answer = get(path, token, headers);
            if (answer.statusCode() == 429) {
                assertThat(i).isGreaterThanOrEqualTo(AT_ONCE);
                return answer;
            }
            assertThat(answer.statusCode()).isIn(200, 401);
        }
        throw new AssertionError("never refused: " + path);
    }

    private HttpResponse<String> get(String path, @Nullable String token, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void an_account_that_asks_without_end_waits_whatever_token_it_shows_and_others_do_not() throws Exception {
        HttpResponse<String> refused = untilRefused("/api/v1/echo", token("ci", Role.BUILDER));

        assertThat(refused.headers()
                        .firstValue("Retry-After")
                        .map(Long::parseLong)
                        .orElse(0L))
                .isBetween(1L, 2L);
        assertThat(refused.body()).contains("\"RATE_LIMITED\"", "the account ci", "Ask again in", "--rate account=N");
        assertThat(get("/api/v1/echo", token("ci", Role.VIEWER)).statusCode()).isEqualTo(429);
        assertThat(get("/api/v1/echo", token("viewer", Role.VIEWER)).statusCode())
                .isEqualTo(200);
        assertThat(meters.text()).contains("waybill_rate_limited_total{who=\"address\"} 0\n");
    }

    @Test
    void a_registry_client_is_told_in_its_own_words() throws Exception {
        HttpResponse<String> refused = untilRefused("/v2/shop/tags/list", token("ci", Role.BUILDER));

        assertThat(refused.body()).contains("\"code\":\"TOOMANYREQUESTS\"", "\"RATE_LIMITED\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void whoever_shows_no_account_or_a_wrong_one_waits_by_address() throws Exception {
        String viewer = token("viewer", Role.VIEWER);
        assertThat(get("/api/v1/echo", viewer).statusCode()).isEqualTo(200);
        untilRefused("/api/v1/echo", null);

        assertThat(get("/open", null).statusCode()).isEqualTo(429);
        assertThat(get("/api/v1/echo", "wbt_guessed").statusCode()).isEqualTo(429);
        assertThat(get("/api/v1/echo", null, "X-Forwarded-For", "192.0.2.9").statusCode())
                .isEqualTo(429);
        assertThat(get("/api/v1/echo", viewer).statusCode()).isEqualTo(200);
    }

    @Test
    void where_tokens_are_guessed_the_database_is_asked_for_none_that_nobody_showed_before() throws Exception {
        String shown = token("viewer", Role.VIEWER);
        String other = token("other", Role.VIEWER);
        assertThat(get("/api/v1/echo", shown).statusCode()).isEqualTo(200);
        untilRefused("/api/v1/echo", "wbt_guessed");

        assertThat(get("/api/v1/echo", other).statusCode())
                .as("nobody looks whose it is")
                .isEqualTo(429);
        tokens.make(new Tokens.Wish(
                new Actor(new ActorName("new"), Set.of(), List.of(Grant.everywhere(Role.VIEWER))), false, null));
        assertThat(get("/api/v1/echo", shown).statusCode())
                .as("known also after a write")
                .isEqualTo(200);
        tokens.revoke(tokens.all().stream()
                .filter(t -> t.actor().name().value().equals("viewer"))
                .findFirst()
                .orElseThrow()
                .id());
        assertThat(get("/api/v1/echo", shown).statusCode()).isEqualTo(429);
    }

    @Test
    void behind_a_proxy_the_address_is_what_the_proxy_saw_and_nothing_that_a_client_wrote() throws Exception {
        url = serve(true);
        untilRefused("/open", null, "X-Forwarded-For", "198.51.100.1, 192.0.2.7");

        assertThat(get("/open", null, "X-Forwarded-For", "203.0.113.5, 192.0.2.7")
                        .statusCode())
                .isEqualTo(429);
        assertThat(get("/open", null, "X-Forwarded-For", "192.0.2.7, 198.51.100.1")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/open", null, "X-Forwarded-For", "<b>").statusCode()).isEqualTo(200);
    }

    @Test
    void the_line_that_a_proxy_adds_behind_the_client_s_own_is_the_one_that_counts() throws Exception {
        url = serve(true);
        String name = "X-Forwarded-For";
        untilRefused("/open", null, name, "198.51.100.1", name, "192.0.2.7");

        assertThat(get("/open", null, name, "203.0.113.5", name, "192.0.2.7").statusCode())
                .isEqualTo(429);
        assertThat(get("/open", null, name, "192.0.2.7", name, "203.0.113.5").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7:4711",
        "192.0.2.7:1, 192.0.2.7:2",
        "2001:db8::7, [2001:db8::7]",
        "[2001:db8::7]:1, [2001:DB8:0::8]:2",
        "unknown, 999.0.0.1",
        "example.com:80, [2001:db8::7",
        "1:2:, 192.0.2.1:80:90"
    })
    void an_address_is_the_same_with_and_without_a_port_and_what_is_none_is_the_socket_s(String one, String other)
            throws Exception {
        url = serve(true);
        untilRefused("/open", null, "X-Forwarded-For", one);

        assertThat(get("/open", null, "X-Forwarded-For", other).statusCode()).isEqualTo(429);
        assertThat(get("/open", null, "X-Forwarded-For", "198.51.100.9").statusCode())
                .isEqualTo(200);
    }

    @Test
    void agents_and_who_asks_whether_the_server_lives_never_wait() throws Exception {
        String agent = token("host-1", Role.AGENT);
        assertThat(get("/api/v1/agent/desired", agent).statusCode()).isEqualTo(200);
        untilRefused("/api/v1/echo", null);

        for (int i = 0; i < 5 * AT_ONCE; i++) {
            assertThat(get("/api/v1/server", null).statusCode()).isEqualTo(200);
            assertThat(get("/api/v1/agent/desired", agent).statusCode()).isEqualTo(200);
        }
        assertThat(get("/api/v1/agent/desired", null).statusCode()).isEqualTo(429);
    }

    @Test
    void every_answer_is_counted_by_route_and_status() throws Exception {
        assertThat(get("/api/v1/echo", token("viewer", Role.VIEWER)).statusCode())
                .isEqualTo(200);
        assertThat(get("/nowhere/at/all", null).statusCode()).isEqualTo(404);
        assertThat(get("/v2/manifests/blobs/sha256:1", token("viewer", Role.VIEWER))
                        .statusCode())
                .isEqualTo(200);

        // Counted once the answer is out, which may be a moment after it arrived.
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!meters.text().contains("_count{route=\"blobs\"} 1\n") && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(meters.text())
                .contains(
                        "waybill_http_requests_total{route=\"api\",status=\"200\"} 1\n",
                        "waybill_http_requests_total{route=\"pages\",status=\"404\"} 1\n",
                        "waybill_http_requests_total{route=\"blobs\",status=\"200\"} 1\n",
                        "waybill_http_sent_bytes_total{route=\"blobs\"} 6\n",
                        "waybill_http_request_seconds_count{route=\"blobs\"} 1\n");
    }

    @ParameterizedTest
    @CsvSource({
        "/v2/, registry",
        "/v2/_catalog, registry",
        "/v2/manifests/tags/list, tags",
        "/v2/tags/list/blobs/uploads/, uploads",
        "/v2/a/blobs/uploads/1-2, uploads",
        "/v2/a/manifests/tags/manifests/latest, manifests",
        "/v2/a/referrers/sha256:1, referrers",
        "/v2extra, pages",
        "/api/v1/agent/desired, agent",
        "/ledger/tile/0/000, ledger",
        "/ledger, pages",
        "/token, token",
        "/assets/x/y.css, assets"
    })
    void a_route_is_one_of_a_dozen_words(String path, String word) {
        assertThat(Gate.route(path)).isEqualTo(word);
    }
}
