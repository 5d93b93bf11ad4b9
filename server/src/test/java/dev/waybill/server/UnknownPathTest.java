package dev.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnknownPathTest {
    @TempDir
    Path data;

    @Test
    void a_path_that_does_not_exist_is_answered_with_a_problem() throws Exception {
        try (WaybillServer server = WaybillServer.start(ServerConfig.of(data.resolve("data"), 0))) {
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/nothing"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(answer.body()).contains("PATH_UNKNOWN").contains("/api/v1/nothing");
        }
    }
}
