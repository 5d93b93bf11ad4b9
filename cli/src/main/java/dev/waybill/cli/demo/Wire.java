package dev.waybill.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.waybill.core.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A network between an agent and the server that somebody else controls: it passes everything on, remembers the last order
 * that went by, and can put another one in its place.
 */
final class Wire implements AutoCloseable {
    private static final Set<String> OWN_HEADERS =
            Set.of("host", "connection", "content-length", "upgrade", "http2-settings");

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer proxy;
    private final URI server;
    private final AtomicReference<@Nullable ObjectNode> seen = new AtomicReference<>();
    private final AtomicReference<@Nullable ObjectNode> forged = new AtomicReference<>();

    private Wire(HttpServer proxy, URI server) {
        this.proxy = proxy;
        this.server = server;
    }

    static Wire to(URI server) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Wire wire = new Wire(proxy, server);
        proxy.createContext("/", wire::pass);
        proxy.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        proxy.start();
        return wire;
    }

    String url() {
        return "http://127.0.0.1:" + proxy.getAddress().getPort();
    }

    /** The last order that passed. */
    ObjectNode order() {
        ObjectNode order = seen.get();
        if (order == null) {
            throw new DemoFailed("No order has passed on this wire yet.");
        }
        return order;
    }

    /** From now on this order arrives, whatever the server said. */
    void forge(ObjectNode order) {
        forged.set(order);
    }

    void honest() {
        forged.set(null);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpResponse<byte[]> answer = forward(exchange);
            byte[] body = answer.body();
            boolean orders = exchange.getRequestURI().getPath().equals("/api/v1/agent/desired");
            if (orders && answer.statusCode() == 200) {
                body = tapped(body);
            }
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(t -> exchange.getResponseHeaders().set("Content-Type", t));
            answer.headers()
                    .firstValue("Docker-Content-Digest")
                    .ifPresent(d -> exchange.getResponseHeaders().set("Docker-Content-Digest", d));
            boolean empty = body.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.statusCode(), empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            // The server is away: so is the wire.
            exchange.close();
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(exchange.getRequestURI()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.method(
                exchange.getRequestMethod(),
                HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private byte[] tapped(byte[] body) {
        ObjectNode answer = Json.parseObject(body);
        ArrayNode releases = (ArrayNode) answer.get("releases");
        for (JsonNode release : List.copyOf(releases.valueStream().toList())) {
            seen.set((ObjectNode) release);
        }
        ObjectNode lie = forged.get();
        if (lie != null) {
            releases.removeAll();
            releases.add(lie);
        }
        return Json.write(answer);
    }

    @Override
    public void close() {
        proxy.stop(0);
    }
}
