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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
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
    private final Map<HttpExchange, CompletableFuture<HttpResponse<byte[]>>> waiting = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable ObjectNode> last = new AtomicReference<>();
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

    /** From now on this order arrives, whatever the server said. Who waits for an answer must ask again. */
    void forge(ObjectNode order) {
        forged.set(order);
        waiting.values().forEach(request -> request.cancel(true));
    }

    void honest() {
        forged.set(null);
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean orders = exchange.getRequestURI().getPath().equals("/api/v1/agent/desired");
            byte[] lie = orders ? lie() : null;
            if (lie != null) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, lie.length);
                exchange.getResponseBody().write(lie);
                return;
            }
            HttpResponse<byte[]> answer = forward(exchange);
            byte[] body = answer.body();
            if (orders && answer.statusCode() == 200) {
                remember(body);
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
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        waiting.put(exchange, answer);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException | CancellationException e) {
            throw new IOException("the server is away, or the line was cut", e);
        } finally {
            waiting.remove(exchange);
        }
    }

    private void remember(byte[] body) {
        ObjectNode answer = Json.parseObject(body);
        last.set(answer);
        answer.path("releases").valueStream().forEach(release -> seen.set((ObjectNode) release));
    }

    /** What the server said last, with the forged order in it; null while nobody lies. */
    private byte @Nullable [] lie() {
        ObjectNode order = forged.get();
        ObjectNode answer = last.get();
        if (order == null || answer == null) {
            return null;
        }
        ObjectNode changed = answer.deepCopy();
        changed.putArray("releases").add(order);
        return Json.write(changed);
    }

    @Override
    public void close() {
        proxy.stop(0);
    }
}
