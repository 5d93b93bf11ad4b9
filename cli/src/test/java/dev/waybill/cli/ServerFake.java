package dev.waybill.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.api.ProblemBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A server on loopback that gives one prepared answer for each method and path, and remembers what it was asked. */
public final class ServerFake implements AutoCloseable {
    private final HttpServer http;
    private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<String> asked = new ArrayList<>();

    public ServerFake() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    /** @param call method and path, such as {@code GET /api/v1/promotions/0a1b2c3d} */
    public ServerFake on(String call, Object answer) {
        answers.put(call, Json.write(answer));
        return this;
    }

    /** From now on the call is answered with this problem. */
    public ServerFake refuse(String call, int status, Problem problem) {
        refusals.put(call, status);
        return on(call, ProblemBody.of(status, problem));
    }

    public String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** Method, path and body of every request so far. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        synchronized (this) {
            asked.add((call + " " + body).strip());
        }
        byte[] answer = answers.get(call);
        exchange.getResponseHeaders()
                .add("Content-Type", refusals.containsKey(call) ? "application/problem+json" : "application/json");
        exchange.sendResponseHeaders(
                answer == null ? 404 : refusals.getOrDefault(call, 200), answer == null ? -1 : answer.length);
        if (answer != null) {
            exchange.getResponseBody().write(answer);
        }
        exchange.close();
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
