package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.quota.Limits;
import dev.waybill.server.quota.QuotaPattern;
import dev.waybill.server.traffic.Rates;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus finds at /metrics of a whole server. */
class MetricsTest {
    private static final Pattern LINE =
            Pattern.compile("[a-z_]+(\\{([a-z]+=\"[^\"\\n]*\",?)+\\})? -?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");

    private static final String USED = "waybill_quota_used_bytes{application=\"shop\"} ";

    @TempDir
    Path directory;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private WaybillServer server;

    @BeforeEach
    void start() {
        Limits limits = Limits.DEFAULT.with(QuotaPattern.parse("shop=10kB"));
        RegistryOptions options = new RegistryOptions(List.of(), List.of(), limits);
        server = WaybillServer.start(new ServerConfig(
                directory, "127.0.0.1", 0, null, null, false, Terms.DEFAULT, options, Rates.DEFAULT, false));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private String token(Grant grant) {
        Actor actor = new Actor(new ActorName("somebody"), Set.of(), List.of(grant));
        return server.tokens().make(new Tokens.Wish(actor, false, null)).text();
    }

    private HttpResponse<String> send(Grant as, String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + token(as))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** An answer is counted once it is out, which may be a moment after it arrived. */
    private HttpResponse<String> figures() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (true) {
            HttpResponse<String> answer = send(Grant.everywhere(Role.VIEWER), "GET", "/metrics", "");
            if (answer.body().contains("{route=\"uploads\",status=\"202\"}") || System.nanoTime() > end) {
                return answer;
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    @Test
    void every_figure_is_there_once_and_says_what_was_pushed() throws Exception {
        Grant admin = Grant.everywhere(Role.ADMIN);
        String blob = "0123456789".repeat(400);
        Digest digest = Digest.sha256(blob.getBytes(UTF_8));
        assertThat(send(admin, "POST", "/v2/shop/blobs/uploads/?digest=" + digest, blob)
                        .statusCode())
                .isEqualTo(201);
        assertThat(send(admin, "POST", "/v2/blog/blobs/uploads/", "").statusCode())
                .isEqualTo(202);

        HttpResponse<String> answer = figures();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains(
                        "waybill_quota_bytes{application=\"shop\"} 10000\n",
                        "waybill_quota_used_bytes{application=\"shop\"} 4000\n",
                        "waybill_registry_blobs 1\n",
                        "waybill_registry_linked_bytes 4000\n",
                        "waybill_uploads_open 1\n",
                        "waybill_http_received_bytes_total{route=\"uploads\"} 4000\n",
                        "waybill_http_requests_total{route=\"uploads\",status=\"201\"} 1\n",
                        "waybill_database_waiting 0\n",
                        "waybill_rate_limited_total{who=\"account\"} 0\n",
                        "waybill_figures_failed_total 0\n")
                .containsPattern("waybill_ledger_entries [1-9]")
                .containsPattern("waybill_disk_free_bytes [1-9]");
        Set<String> seen = new HashSet<>();
        assertThat(answer.body().lines()).allSatisfy(line -> {
            assertThat(seen.add(line)).as(line).isTrue();
            if (!line.startsWith("# ")) {
                assertThat(line).matches(LINE);
            }
        });
    }

    @Test
    void what_an_application_holds_is_counted_once_a_minute_and_not_at_every_scrape() throws Exception {
        Grant admin = Grant.everywhere(Role.ADMIN);
        push(admin, "0123456789".repeat(400));
        assertThat(send(admin, "GET", "/metrics", "").body()).contains(USED + "4000\n");

        push(admin, "0123456789".repeat(200));

        assertThat(send(admin, "GET", "/metrics", "").body()).contains(USED + "4000\n");
    }

    private void push(Grant as, String blob) throws Exception {
        String path = "/v2/shop/blobs/uploads/?digest=" + Digest.sha256(blob.getBytes(UTF_8));
        assertThat(send(as, "POST", path, blob).statusCode()).isEqualTo(201);
    }

    @Test
    void who_reads_one_application_does_not_read_the_figures_of_all() throws Exception {
        Grant one = new Grant(Role.ADMIN, new ApplicationName("shop"), null);

        HttpResponse<String> answer = send(one, "GET", "/metrics", "");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("the role viewer").doesNotContain("10000");
    }
}
