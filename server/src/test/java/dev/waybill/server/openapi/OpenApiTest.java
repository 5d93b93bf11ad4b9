package dev.waybill.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import dev.waybill.server.http.Route;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description is what the routes and records say, neither more nor less. */
class OpenApiTest {
    private static final Path FILE =
            Path.of("..", "api", "src", "main", "resources", "dev", "waybill", "api", "openapi.yaml");

    @TempDir
    static Path data;

    private static WaybillServer server;

    @BeforeAll
    static void start() {
        server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void the_file_is_what_the_routes_and_records_say() throws IOException {
        String expected = new OpenApiWriter(server.routes().all()).write(Operations.all());
        if (Boolean.getBoolean("openapi.write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, expected);
        }

        assertThat(FILE)
                .describedAs("Run `./dev openapi`, look at what changed, and commit it")
                .hasContent(expected);
    }

    @Test
    void every_route_but_the_pages_is_described_and_nothing_else() {
        List<String> routes = server.routes().all().stream()
                .filter(OpenApiTest::isNoPage)
                .map(r -> r.method() + " " + r.path())
                .distinct()
                .toList();

        assertThat(Operations.all().stream().map(o -> o.method + " " + o.path))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void anyone_may_read_the_description() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "/api/openapi.yaml"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
            assertThat(answer.body()).startsWith("# Written by".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void texts_that_yaml_would_take_for_something_else_are_quoted() {
        String yaml = Yaml.write(Map.of("no", List.of("true", "a: b", "- c", "1.0", "plain words", "")));

        assertThat(yaml).isEqualTo("\"no\": [\"true\", \"a: b\", \"- c\", \"1.0\", plain words, \"\"]\n");
    }

    /** HEAD follows from GET, the registry is one pointer, and what is neither below /api/ nor the ledger's files is a page. */
    private static boolean isNoPage(Route route) {
        if (route.path().startsWith("/v2")) {
            return route.path().equals("/v2/") && route.method().equals("GET");
        }
        return !route.method().equals("HEAD")
                && (route.path().startsWith("/api/") || route.path().startsWith("/ledger/"));
    }
}
