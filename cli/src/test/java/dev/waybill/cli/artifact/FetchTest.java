package dev.waybill.cli.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.waybill.api.client.Connection;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.cli.terminal.Terminal;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry may hold what anybody packed: files land below the directory that was named, or nowhere. */
class FetchTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final byte[] GOODS = "goods".getBytes(UTF_8);

    @TempDir
    Path home;

    private HttpServer server;
    private byte[] manifest = new byte[0];

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestURI().getPath().contains("/manifests/") ? manifest : GOODS;
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void fetch(String title) throws IOException {
        Descriptor layer = new Descriptor(
                "application/octet-stream", Digest.sha256(GOODS), GOODS.length, Map.of(Descriptor.TITLE, title));
        manifest = Manifest.of("application/vnd.waybill.jar.v1", layer, List.of(layer))
                .bytes();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        PrintStream nobody = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        try (Progress progress = new Progress(Terminal.plain(nobody, nobody, Clock.systemUTC()))) {
            new Fetch(new RegistryClient(Connection.to(url, "token")), progress)
                    .into(SHOP, Digest.sha256(manifest), home.resolve("here"));
        }
    }

    @Test
    void a_file_lands_under_its_title() throws IOException {
        fetch("lib/shop.jar");

        assertThat(home.resolve("here/lib/shop.jar")).hasBinaryContent(GOODS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul\0byte", "/outside", "../outside", "lib/../../outside", "a\\b", "", ".", "line\nbreak"})
    void a_title_that_is_no_path_below_a_directory_is_refused(String title) throws IOException {
        assertThatThrownBy(() -> fetch(title)).hasMessageStartingWith("LAYER_TITLE_INVALID");
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }
}
