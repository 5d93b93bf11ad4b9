package dev.waybill.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryClientTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final byte[] GOODS = "tea, cups and kettles".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.sha256(GOODS);

    @TempDir
    Path directory;

    @Test
    void what_matches_its_promise_appears_under_its_name() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> LyingRegistry.send(e, GOODS, GOODS.length))) {
            registry.client().pullTo(SHOP, DIGEST, GOODS.length, directory.resolve("goods"));

            assertThat(directory.resolve("goods")).hasBinaryContent(GOODS);
            assertThat(registry.asked).containsExactly("GET /v2/shop/blobs/" + DIGEST);
        }
    }

    @Test
    void other_bytes_of_the_same_length_are_given_to_nobody() throws IOException {
        byte[] other = "tea, cups and kettleS".getBytes(UTF_8);
        try (LyingRegistry registry = new LyingRegistry(e -> LyingRegistry.send(e, other, other.length))) {
            assertThatThrownBy(() -> pull(registry)).hasMessageStartingWith("CONTENT_MISMATCH");
            assertNothingWasKept();
        }
    }

    @Test
    void fewer_and_more_bytes_than_promised_are_refused() throws IOException {
        for (String text : new String[] {"tea", "tea, cups and kettles, and more"}) {
            byte[] body = text.getBytes(UTF_8);
            try (LyingRegistry registry = new LyingRegistry(e -> LyingRegistry.send(e, body, body.length))) {
                assertThatThrownBy(() -> pull(registry)).hasMessageStartingWith("CONTENT_MISMATCH");
                assertNothingWasKept();
            }
        }
    }

    @Test
    void an_answer_that_breaks_off_is_refused() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> LyingRegistry.send(e, new byte[3], GOODS.length))) {
            assertThatThrownBy(() -> pull(registry)).hasMessageStartingWith("CONTENT_TRUNCATED");
            assertNothingWasKept();
        }
    }

    @Test
    void a_redirect_is_not_followed_with_our_token() throws IOException {
        try (LyingRegistry elsewhere = new LyingRegistry(e -> LyingRegistry.send(e, GOODS, GOODS.length));
                LyingRegistry registry = new LyingRegistry(e -> {
                    e.getResponseHeaders().set("Location", elsewhere.url() + "/blob");
                    e.sendResponseHeaders(307, -1);
                })) {
            assertThatThrownBy(() -> pull(registry))
                    .hasMessageContaining("SERVER_ANSWER_UNEXPECTED")
                    .hasMessageContaining("redirect");
            assertThat(elsewhere.asked).isEmpty();
            assertNothingWasKept();
        }
    }

    @Test
    void an_upload_is_not_continued_on_another_host() throws IOException {
        try (LyingRegistry elsewhere = new LyingRegistry(e -> e.sendResponseHeaders(201, -1));
                LyingRegistry registry = new LyingRegistry(e -> {
                    e.getRequestBody().readAllBytes();
                    e.getResponseHeaders().set("Location", elsewhere.url() + "/upload");
                    e.sendResponseHeaders(e.getRequestMethod().equals("HEAD") ? 404 : 202, -1);
                })) {
            assertThatThrownBy(() -> registry.client().push(SHOP, Content.of(GOODS)))
                    .hasMessageContaining("not this server");
            assertThat(elsewhere.asked).isEmpty();
        }
    }

    @Test
    void a_blob_that_needs_two_steps_is_put_where_the_registry_says() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> {
            e.getRequestBody().readAllBytes();
            e.getResponseHeaders().set("Location", "/v2/shop/blobs/uploads/7?state=x");
            e.sendResponseHeaders(
                    switch (e.getRequestMethod()) {
                        case "HEAD" -> 404;
                        case "POST" -> 202;
                        default -> 201;
                    },
                    -1);
        })) {
            registry.client().push(SHOP, Content.of(GOODS));

            assertThat(registry.asked.getLast()).isEqualTo("PUT /v2/shop/blobs/uploads/7?state=x&digest=" + DIGEST);
        }
    }

    @Test
    void a_registry_that_stored_something_else_is_not_believed() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> {
            e.getRequestBody().readAllBytes();
            e.getResponseHeaders()
                    .set("Docker-Content-Digest", Digest.sha256(new byte[0]).toString());
            e.sendResponseHeaders(201, -1);
        })) {
            assertThatThrownBy(() -> registry.client().pushManifest(SHOP, "application/json", GOODS))
                    .hasMessageStartingWith("CONTENT_MISMATCH");
        }
    }

    @Test
    void a_manifest_with_other_bytes_is_refused() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> LyingRegistry.send(e, new byte[] {'{', '}'}, 2))) {
            assertThatThrownBy(() -> registry.client().pullManifest(SHOP, DIGEST))
                    .hasMessageStartingWith("CONTENT_MISMATCH");
        }
    }

    private static void tellToWait(HttpExchange exchange, String seconds) throws IOException {
        byte[] body = "{\"errors\":[{\"code\":\"TOOMANYREQUESTS\",\"message\":\"less often\"}]}".getBytes(UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().set("Retry-After", seconds);
        exchange.sendResponseHeaders(429, exchange.getRequestMethod().equals("HEAD") ? -1 : body.length);
        if (!exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseBody().write(body);
        }
    }

    @Test
    void a_server_that_says_to_come_again_is_asked_again_then() throws IOException {
        Map<String, Integer> times = new HashMap<>();
        List<byte[]> pushed = new ArrayList<>();
        try (LyingRegistry registry = new LyingRegistry(e -> {
            if (times.merge(e.getRequestMethod(), 1, Integer::sum) == 1) {
                tellToWait(e, "1");
            } else if (e.getRequestMethod().equals("GET")) {
                LyingRegistry.send(e, GOODS, GOODS.length);
            } else {
                pushed.add(e.getRequestBody().readAllBytes());
                e.sendResponseHeaders(e.getRequestMethod().equals("HEAD") ? 404 : 201, -1);
            }
        })) {
            long start = System.nanoTime();
            registry.client().push(SHOP, Content.of(GOODS));
            pull(registry);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
            assertThat(times).isEqualTo(Map.of("HEAD", 2, "POST", 2, "GET", 2));
            assertThat(pushed.getLast()).isEqualTo(GOODS);
            assertThat(directory.resolve("goods")).hasBinaryContent(GOODS);
        }
    }

    @Test
    void nobody_waits_for_a_busy_server_for_ever() throws IOException {
        try (LyingRegistry registry = new LyingRegistry(e -> tellToWait(e, "0"))) {
            RegistryClient client =
                    new RegistryClient(Connection.to(registry.url(), "token"), new Waiting(Duration.ofSeconds(2)));

            assertThatThrownBy(() -> client.pullManifest(SHOP, DIGEST))
                    .hasMessageStartingWith("REGISTRY_BUSY")
                    .hasMessageContaining("less often");
            assertThat(registry.asked).hasSize(3);
        }
        try (LyingRegistry registry = new LyingRegistry(e -> tellToWait(e, "3600"))) {
            assertThatThrownBy(() -> pull(registry))
                    .hasMessageStartingWith("REGISTRY_BUSY")
                    .hasMessageContaining("after 3600 s");
            assertThat(registry.asked).hasSize(1);
        }
    }

    private void pull(LyingRegistry registry) throws IOException {
        registry.client().pullTo(SHOP, DIGEST, GOODS.length, directory.resolve("goods"));
    }

    private void assertNothingWasKept() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
