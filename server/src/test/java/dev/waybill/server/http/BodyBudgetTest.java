package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many large bodies at once, over real connections, against a budget that holds a few. */
class BodyBudgetTest {
    private static final int LARGE = 1024 * 1024;

    private final BodyBudget budget = new BodyBudget(4L * LARGE);
    private final List<Socket> open = new ArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    Path directory;

    private Database database;
    private Web web;
    private int port;

    @BeforeEach
    void serve() {
        database = SqliteDatabase.open(directory.resolve("waybill.sqlite"));
        Routes routes = new Routes();
        routes.post("/api/v1/echo", Permit.anyone(), call -> call.json(call.bytes(Call.MAX_BODY).length));
        web = new Web(
                routes,
                TestCredentials.of(new Tokens(database, Clock.systemUTC())),
                (status, problem) -> new byte[0],
                budget);
        port = web.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        client.close();
        web.close();
        database.close();
    }

    @Test
    void large_bodies_beyond_the_budget_are_told_to_come_again_and_small_ones_pass() throws Exception {
        for (int i = 0; i < 3; i++) {
            open.add(hold());
        }
        await(3L * LARGE);

        HttpResponse<String> refused = post(2 * LARGE);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("BODIES_TOO_MANY", "again in a moment");
        assertThat(post(1000).statusCode()).isEqualTo(200);
        for (Socket socket : open) {
            socket.close();
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        HttpResponse<String> answer = post(2 * LARGE);
        while (answer.statusCode() != 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
            answer = post(2 * LARGE);
        }
        assertThat(answer.body()).isEqualTo(String.valueOf(2 * LARGE));
        await(0);
    }

    /** All of a large body but its last byte. */
    private Socket hold() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + LARGE + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[LARGE - 1]);
        socket.getOutputStream().flush();
        return socket;
    }

    private void await(long held) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (budget.held() != held) {
            assertThat(System.nanoTime()).as("bodies hold " + budget.held()).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private HttpResponse<String> post(int bytes) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/echo"))
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
