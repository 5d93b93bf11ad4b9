package dev.waybill.cli.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import dev.waybill.api.oci.Link;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Registries that lead elsewhere, whose lists break off, and that stop in the middle of an answer. */
class RemoteWayTest {
    private static final byte[] BLOB = "a blob of another registry".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.sha256(BLOB);
    private static final Link LINK = new Link(Link.Kind.LAYER, DIGEST, BLOB.length, "a/b", null);
    private static final byte[] LIST =
            ("{\"schemaVersion\":2,\"manifests\":[{\"digest\":\"" + DIGEST + "\"}]}").getBytes(UTF_8);
    private static final Credential READER = new Credential("reader", "secret");

    @TempDir
    Path directory;

    private static void list(HttpExchange exchange, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", Manifest.INDEX_MEDIA_TYPE);
        OtherRegistry.send(exchange, 200, body);
    }

    /** Asks for a password, and leads whoever shows it to the other one. */
    private static OtherRegistry leadingTo(OtherRegistry store) throws IOException {
        return new OtherRegistry(exchange -> {
            if (READER.basic().equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                OtherRegistry.redirect(exchange, "http://" + store.host() + "/there?signed=1");
            } else {
                exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"registry\"");
                OtherRegistry.send(exchange, 401, new byte[0]);
            }
        });
    }

    @Test
    void what_a_manifest_may_be_is_said_also_where_it_leads() throws IOException {
        try (OtherRegistry store = new OtherRegistry(exchange -> OtherRegistry.send(exchange, 200, BLOB));
                OtherRegistry registry = leadingTo(store);
                RemoteRegistry client = RemoteRegistryTest.client(registry, READER, null)) {
            client.manifest("1.0");

            OtherRegistry.Asked asked = store.asked.getFirst();
            assertThat(asked.accept())
                    .contains(Manifest.INDEX_MEDIA_TYPE)
                    .isEqualTo(registry.asked.getFirst().accept());
            assertThat(asked.range()).isNull();
            assertThat(asked.authorization()).isNull();
        }
    }

    @Test
    void a_blob_that_breaks_where_it_leads_goes_on_there() throws IOException {
        AtomicInteger times = new AtomicInteger();
        try (OtherRegistry store = new OtherRegistry(exchange -> {
                    String range = exchange.getRequestHeaders().getFirst("Range");
                    if (times.getAndIncrement() == 0) {
                        exchange.sendResponseHeaders(200, BLOB.length);
                        exchange.getResponseBody().write(BLOB, 0, 10);
                        exchange.getResponseBody().flush();
                    } else if ("bytes=10-".equals(range)) {
                        exchange.getResponseHeaders().add("Content-Range", "bytes 10-25/26");
                        OtherRegistry.send(exchange, 206, Arrays.copyOfRange(BLOB, 10, BLOB.length));
                    } else {
                        OtherRegistry.send(exchange, 200, BLOB);
                    }
                });
                OtherRegistry registry = leadingTo(store);
                RemoteRegistry client = RemoteRegistryTest.client(registry, READER, null)) {
            client.blob(LINK, directory.resolve("blob"));

            assertThat(directory.resolve("blob")).hasBinaryContent(BLOB);
            assertThat(store.asked).hasSize(2);
            assertThat(store.asked.get(1).range()).isEqualTo("bytes=10-");
            assertThat(store.asked.get(1).accept()).isEqualTo("application/octet-stream, */*");
            assertThat(store.asked.get(1).authorization()).isNull();
        }
    }

    @Test
    void referrers_are_found_where_they_lead_and_a_denial_there_is_not_the_lack_of_any() throws IOException {
        AtomicInteger times = new AtomicInteger();
        try (OtherRegistry store = new OtherRegistry(exchange -> {
                    if (times.getAndIncrement() == 0) {
                        list(exchange, LIST);
                    } else {
                        OtherRegistry.send(exchange, 403, new byte[0]);
                    }
                });
                OtherRegistry registry = leadingTo(store);
                RemoteRegistry client = RemoteRegistryTest.client(registry, READER, null)) {
            assertThat(client.referrers(DIGEST)).contains(List.of(DIGEST));
            assertThat(store.asked.getFirst().accept()).isEqualTo(Manifest.INDEX_MEDIA_TYPE);
            assertThat(store.asked.getFirst().authorization()).isNull();

            assertThatThrownBy(() -> client.referrers(DIGEST))
                    .hasMessageContaining("REMOTE_MISMATCH")
                    .hasMessageContaining("403");
        }
    }

    @Test
    void a_list_that_breaks_off_is_no_shorter_list() throws IOException {
        for (int status : new int[] {400, 404, 200}) {
            try (OtherRegistry registry = new OtherRegistry(exchange -> {
                        if (exchange.getRequestURI().getQuery() == null) {
                            exchange.getResponseHeaders()
                                    .add("Link", "<" + exchange.getRequestURI() + "?n=1>; rel=\"next\"");
                            list(exchange, LIST);
                        } else {
                            exchange.getResponseHeaders().add("Content-Type", "text/html");
                            OtherRegistry.send(exchange, status, LIST);
                        }
                    });
                    RemoteRegistry client = RemoteRegistryTest.client(registry, null, null)) {
                assertThatThrownBy(() -> client.referrers(DIGEST))
                        .hasMessageContaining("REMOTE_MISMATCH")
                        .hasMessageContaining("page 2")
                        .hasMessageContaining(status == 200 ? "text/html" : Integer.toString(status));
            }
        }
    }

    @Test
    void a_first_page_that_is_no_list_means_that_there_is_none() throws IOException {
        for (int status : new int[] {400, 404, 200}) {
            try (OtherRegistry registry = new OtherRegistry(exchange -> OtherRegistry.send(exchange, status, LIST));
                    RemoteRegistry client = RemoteRegistryTest.client(registry, null, null)) {
                assertThat(client.referrers(DIGEST)).isEmpty();
            }
        }
    }

    private static void endsInTime(Executable asks) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThatThrownBy(asks::execute).hasMessageContaining("REMOTE_UNREACHABLE"));
    }

    @Test
    void manifests_and_lists_of_which_nothing_more_comes_end() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", Manifest.INDEX_MEDIA_TYPE);
                    OtherRegistry.stall(exchange, LIST, 10);
                });
                RemoteRegistry client = RemoteRegistryTest.client(registry, null, null)) {
            endsInTime(() -> client.manifest("1.0"));
            endsInTime(() -> client.referrers(DIGEST));
        }
    }

    @Test
    void a_token_of_which_nothing_more_comes_ends() throws IOException {
        try (OtherRegistry registry = new OtherRegistry(exchange -> {
                    if (exchange.getRequestURI().getPath().equals("/token")) {
                        OtherRegistry.stall(exchange, "{\"token\":\"short\"}".getBytes(UTF_8), 9);
                    } else {
                        String host = exchange.getRequestHeaders().getFirst("Host");
                        exchange.getResponseHeaders()
                                .add("WWW-Authenticate", "Bearer realm=\"http://" + host + "/token\"");
                        OtherRegistry.send(exchange, 401, new byte[0]);
                    }
                });
                RemoteRegistry client = RemoteRegistryTest.client(registry, READER, null)) {
            endsInTime(() -> client.manifest("1.0"));
        }
    }
}
