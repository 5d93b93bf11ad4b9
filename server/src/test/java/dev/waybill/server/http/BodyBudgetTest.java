package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.ActorName;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.identity.Actor;
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
import java.util.Set;
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
    private final List<Web> webs = new ArrayList<>();
    private Routes routes;
    private Tokens tokens;
    private int port;

    @BeforeEach
    void serve() {
        database = SqliteDatabase.open(directory.resolve("waybill.sqlite"));
        tokens = new Tokens(database, Clock.systemUTC());
        routes = new Routes();
        routes.post("/api/v1/echo", Permit.anyone(), call -> call.json(call.bytes(Call.MAX_BODY).length));
        port = serve(budget);
    }

    private int serve(BodyBudget with) {
        Web web = new Web(routes, TestCredentials.of(tokens), (status, problem) -> new byte[0], Gate.open(), with);
        webs.add(web);
        return web.start("127.0.0.1", 0);
    }

    private String token(String actor) {
        Actor named = new Actor(new ActorName(actor), Set.of(), List.of());
        return tokens.make(new Tokens.Wish(named, false, null)).text();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
        client.close();
        webs.forEach(Web::close);
        database.close();
    }

    @Test
    void large_bodies_beyond_the_budget_are_told_to_come_again_and_small_ones_pass() throws Exception {
        for (String actor : List.of("one", "another", "a-third")) {
            open.add(hold(LARGE, token(actor)));
        }
        await(3L * LARGE);
        String builder = token("builder");

        HttpResponse<String> refused = post(LARGE, builder);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body()).contains("BODIES_TOO_MANY", "again in a moment");
        assertThat(post(1000, builder).statusCode()).isEqualTo(200);
        for (Socket socket : open) {
            socket.close();
        }
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        HttpResponse<String> answer = post(LARGE, builder);
        while (answer.statusCode() != 200 && System.nanoTime() < end) {
            LockSupport.parkNanos(20_000_000);
            answer = post(LARGE, builder);
        }
        assertThat(answer.body()).isEqualTo(String.valueOf(LARGE));
        await(0);
    }

    @Test
    void one_account_and_all_without_a_token_leave_room_for_the_others() throws Exception {
        String flooding = token("flooding");
        open.add(hold(LARGE, flooding));
        open.add(hold(LARGE, flooding));
        for (int i = 0; i < 4; i++) {
            open.add(hold(BodyBudget.STEP, ""));
        }
        await(2L * LARGE + 4L * BodyBudget.STEP);

        assertThat(post(1000, flooding).body()).contains("BODIES_TOO_MANY");
        assertThat(post(1000, "").body()).contains("BODIES_TOO_MANY");
        assertThat(post(LARGE / 2, token("builder")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_body_that_trickles_is_ended_and_holds_nothing_any_more() throws Exception {
        BodyBudget impatient = new BodyBudget(4L * LARGE, Duration.ZERO);
        port = serve(impatient);

        Socket socket = trickle();
        open.add(socket);
        socket.setSoTimeout(20_000);
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (socket.getInputStream().available() == 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
            socket.getOutputStream().write(0);
        }

        assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 400");
        while (impatient.held() != 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Socket trickle() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write("POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** All of a body but its last byte. */
    private Socket hold(int length, String token) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /api/v1/echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                                + "\r\nContent-Length: " + length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(new byte[length - 1]);
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

    private HttpResponse<String> post(int bytes, String token) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/echo"))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[bytes]))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
