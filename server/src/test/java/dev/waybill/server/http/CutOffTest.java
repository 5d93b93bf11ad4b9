package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.ServerConfig;
import dev.waybill.server.WaybillServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Half a request is never answered as one that was done. */
final class CutOffTest {
    @TempDir
    Path directory;

    private WaybillServer server;
    private String token;

    @BeforeEach
    void start() {
        server = WaybillServer.start(ServerConfig.of(directory.resolve("data"), 0));
        token = server.tokens().firstAdmin().orElseThrow().text();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String send(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = head + "\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            socket.setSoTimeout(20_000);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("connection closed");
        }
    }

    @Test
    void a_body_shorter_than_it_says_is_no_success() throws IOException {
        for (String head : new String[] {
            "POST /api/v1/promotions HTTP/1.1",
            "POST /api/v1/registry/collections HTTP/1.1",
            "PUT /v2/shop/manifests/v1 HTTP/1.1",
            "POST /v2/shop/blobs/uploads/?digest=sha256:" + "0".repeat(64) + " HTTP/1.1"
        }) {
            assertThat(send(head, "Content-Length: 100\r\n\r\nabc"))
                    .as(head)
                    .doesNotContain(" 200", " 201", " 202", " 204");
        }
    }

    @Test
    void a_chunk_that_is_none_is_no_success() throws IOException {
        assertThat(send("PUT /v2/shop/manifests/v1 HTTP/1.1", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n"))
                .doesNotContain(" 200", " 201", " 202", " 204");
    }
}
