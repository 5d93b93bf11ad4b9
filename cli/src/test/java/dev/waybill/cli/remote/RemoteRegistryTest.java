package dev.waybill.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.waybill.api.oci.Link;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Registries that are busy, that lie, and that would like to see a password. */
class RemoteRegistryTest {
    private static final byte[] BLOB = "a blob of another registry".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Link LINK = new Link(Link.Kind.LAYER, DIGEST, BLOB.length, "a/b", null);
    private static final Credential READER = new Credential("reader", "secret");

    @TempDir
    Path directory;

    static RemoteRegistry client(OtherRegistry registry, @Nullable Credential credential, @Nullable String authHost) {
        return new RemoteRegistry(
                RemoteName.parse(registry.host() + "/team/shop:1.0"),
                new RemoteRegistry.Options(true, credential, authHost),
                new Patience(3, Duration.ofMillis(1), Duration.ofSeconds(2), Duration.ofSeconds(1), Clock.systemUTC()));
    }

    private Path file() {
        return directory.resolve("blob");
    }

    private static void challenge(HttpExchange exchange, String challenge) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", challenge);
        OtherRegistry.send(exchange, 401, new byte[0]);
    }

    private static boolean shows(HttpExchange exchange, String header) {
        return header.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    @Test
    void a_password_is_shown_to_whom_it_is_for_and_to_nobody_that_it_leads_to() throws IOException {
        try (OtherRegistry store = new OtherRegistry(exchange -> OtherRegistry.send(exchange, 200, BLOB));
                OtherRegistry registry = new OtherRegistry(exchange -> {
                    if (shows(exchange, READER.basic())) {
                        exchange.getResponseHeaders()
                                .add("Location", "http://localhost:" + store.port() + "/there?signed=1");
                        OtherRegistry.send(exchange, 307, new byte[0]);
                    } else {
                        challenge(exchange, "Basic realm=\"registry\"");
                    }
                });
                RemoteRegistry client = client(registry, READER, null)) {
            client.blob(LINK, file());

            assertThat(file()).hasBinaryContent(BLOB);
            assertThat(registry.asked.getFirst().authorization()).isNull();
            assertThat(registry.asked.get(1).authorization()).isEqualTo(READER.basic());
            assertThat(store.asked)
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.authorization()).isNull());
        }
    }

    @Test
    void a_token_is_got_on_the_registrys_own_host_and_shown_after_it() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    if (path.equals("/token")) {
                        OtherRegistry.send(exchange, 200, "{\"token\":\"short\"}".getBytes(UTF_8));
                    } else if (shows(exchange, "Bearer short")) {
                        OtherRegistry.send(exchange, 200, BLOB);
                    } else {
                        String host = exchange.getRequestHeaders().getFirst("Host");
                        challenge(
                                exchange,
                                "Bearer realm=\"http://" + host
                                        + "/token\",service=\"a, b\",scope=\"repository:x:pull\"");
                    }
                });
                RemoteRegistry client = client(registry, READER, null)) {
            client.blob(LINK, file());

            OtherRegistry.Asked token = registry.asked.get(1);
            assertThat(token.path()).isEqualTo("/token?scope=repository%3Ateam%2Fshop%3Apull&service=a%2C+b");
            assertThat(token.authorization()).isEqualTo(READER.basic());
            assertThat(registry.asked.get(2).authorization()).isEqualTo("Bearer short");
        }
    }

    @Test
    void a_place_for_tokens_on_another_host_sees_nothing_unless_it_is_named() throws IOException {
        try (OtherRegistry thief = new OtherRegistry(
                        exchange -> OtherRegistry.send(exchange, 200, "{\"token\":\"short\"}".getBytes(UTF_8)));
                OtherRegistry registry = new OtherRegistry(exchange -> {
                    if (shows(exchange, "Bearer short")) {
                        OtherRegistry.send(exchange, 200, BLOB);
                    } else {
                        challenge(exchange, "Bearer realm=\"http://" + thief.host() + "/token\"");
                    }
                })) {
            try (RemoteRegistry client = client(registry, READER, null)) {
                assertThatThrownBy(() -> client.blob(LINK, file()))
                        .hasMessageContaining("AUTH_HOST_UNKNOWN")
                        .hasMessageContaining(thief.host())
                        .hasMessageContaining("--auth-host");
                assertThat(thief.asked).isEmpty();
            }
            try (RemoteRegistry client = client(registry, READER, thief.host())) {
                client.blob(LINK, file());
                assertThat(thief.asked).hasSize(1);
            }
        }
    }

    @Test
    void without_a_log_in_or_with_the_wrong_one_it_is_said_whose_it_was() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> challenge(exchange, "Basic realm=\"x\""))) {
            try (RemoteRegistry client = client(registry, null, null)) {
                assertThatThrownBy(() -> client.manifest("1.0"))
                        .hasMessageContaining("REMOTE_DENIED")
                        .hasMessageContaining("No log-in");
            }
            try (RemoteRegistry client = client(registry, READER, null)) {
                assertThatThrownBy(() -> client.manifest("1.0"))
                        .hasMessageContaining("reader")
                        .hasMessageNotContaining("secret");
            }
        }
    }

    @Test
    void a_busy_registry_is_asked_again_when_it_says_and_not_for_ever() throws IOException {
        AtomicInteger busy = new AtomicInteger(2);
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    if (busy.getAndDecrement() > 0) {
                        exchange.getResponseHeaders().add("Retry-After", "0");
                        OtherRegistry.send(exchange, busy.get() == 1 ? 429 : 503, new byte[0]);
                    } else {
                        OtherRegistry.send(exchange, 200, BLOB);
                    }
                });
                RemoteRegistry client = client(registry, null, null)) {
            client.blob(LINK, file());
            assertThat(registry.asked).hasSize(3);

            busy.set(100);
            assertThatThrownBy(() -> client.blob(LINK, file()))
                    .hasMessageContaining("REMOTE_BUSY")
                    .hasMessageContaining("503 3 times");
        }
    }

    @Test
    void a_registry_that_asks_for_an_hour_is_not_waited_for() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    exchange.getResponseHeaders().add("Retry-After", "3600");
                    OtherRegistry.send(exchange, 429, new byte[0]);
                });
                RemoteRegistry client = client(registry, null, null)) {
            assertThatThrownBy(() -> client.manifest("1.0"))
                    .hasMessageContaining("REMOTE_BUSY")
                    .hasMessageContaining("3600");
            assertThat(registry.asked).hasSize(1);
        }
    }

    @Test
    void a_connection_that_breaks_goes_on_where_it_was_and_the_whole_is_hashed() throws IOException {
        AtomicInteger times = new AtomicInteger();
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    if (times.getAndIncrement() == 0) {
                        exchange.sendResponseHeaders(200, BLOB.length);
                        exchange.getResponseBody().write(BLOB, 0, 10);
                        exchange.getResponseBody().flush();
                    } else {
                        exchange.getResponseHeaders().add("Content-Range", "bytes 10-25/26");
                        OtherRegistry.send(exchange, 206, java.util.Arrays.copyOfRange(BLOB, 10, BLOB.length));
                    }
                });
                RemoteRegistry client = client(registry, null, null)) {
            client.blob(LINK, file());

            assertThat(file()).hasBinaryContent(BLOB);
            assertThat(registry.asked.get(1).range()).isEqualTo("bytes=10-");
        }
    }

    @Test
    void other_bytes_more_bytes_and_fewer_are_refused() throws IOException {
        for (String lie :
                new String[] {"a blob of another registrY", "a blob", "a blob of another registry and more"}) {
            try (OtherRegistry registry =
                            new OtherRegistry(exchange -> OtherRegistry.send(exchange, 200, lie.getBytes(UTF_8)));
                    RemoteRegistry client = client(registry, null, null)) {
                assertThatThrownBy(() -> client.blob(LINK, file())).hasMessageContaining("REMOTE_MISMATCH");
                assertThatThrownBy(() -> client.manifest(DIGEST.toString())).hasMessageContaining("REMOTE_MISMATCH");
            }
        }
    }

    @Test
    void a_manifest_or_a_list_without_end_ends() throws IOException {
        byte[] page = ("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + DIGEST + "\"}]}").getBytes(UTF_8);
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", Manifest.INDEX_MEDIA_TYPE);
                    if (exchange.getRequestURI().getPath().contains("/referrers/")) {
                        exchange.getResponseHeaders()
                                .add("Link", "<" + exchange.getRequestURI() + "?n=1>; rel=\"next\"");
                        OtherRegistry.send(exchange, 200, page);
                    } else {
                        OtherRegistry.send(exchange, 200, new byte[RemoteRegistry.MANIFEST_LIMIT + 1]);
                    }
                });
                RemoteRegistry client = client(registry, null, null)) {
            assertThatThrownBy(() -> client.manifest("1.0")).hasMessageContaining("more than");
            assertThatThrownBy(() -> client.referrers(DIGEST)).hasMessageContaining("no end");
        }
    }

    @Test
    void a_next_page_on_another_host_is_not_asked_for() throws IOException {
        try (OtherRegistry elsewhere = new OtherRegistry(exchange -> OtherRegistry.send(exchange, 200, BLOB));
                OtherRegistry registry = new OtherRegistry(exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", Manifest.INDEX_MEDIA_TYPE);
                    exchange.getResponseHeaders().add("Link", "<http://" + elsewhere.host() + "/v2/>; rel=\"next\"");
                    OtherRegistry.send(exchange, 200, "{\"manifests\":[]}".getBytes(UTF_8));
                });
                RemoteRegistry client = client(registry, null, null)) {
            assertThatThrownBy(() -> client.referrers(DIGEST)).hasMessageContaining("another host");
            assertThat(elsewhere.asked).isEmpty();
        }
    }

    @Test
    void a_way_in_circles_ends() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    exchange.getResponseHeaders().add("Location", "/again");
                    OtherRegistry.send(exchange, 302, new byte[0]);
                });
                RemoteRegistry client = client(registry, null, null)) {
            assertThatThrownBy(() -> client.blob(LINK, file())).hasMessageContaining("REDIRECT_REFUSED");
        }
    }

    @Test
    void tls_is_the_rule_and_its_lack_is_said_at_once() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> OtherRegistry.send(exchange, 200, BLOB));
                RemoteRegistry client = new RemoteRegistry(
                        RemoteName.parse(registry.host() + "/shop"), new RemoteRegistry.Options(false, READER, null))) {
            assertThatThrownBy(() -> client.manifest("latest"))
                    .hasMessageContaining("REMOTE_UNREACHABLE")
                    .hasMessageContaining("--plain-http");
            assertThat(registry.asked).isEmpty();
        }
        assertThat(Files.exists(file())).isFalse();
    }
}
