package dev.waybill.api.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A registry that answers each request as the test says, and remembers what it was asked. */
final class LyingRegistry implements AutoCloseable {
    interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    final List<String> asked = new ArrayList<>();
    private final HttpServer server;

    LyingRegistry(Answer answer) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                answer.to(exchange);
            }
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    RegistryClient client() {
        return new RegistryClient(Connection.to(url(), "token"));
    }

    /** @param promised the Content-Length to state */
    static void send(HttpExchange exchange, byte[] body, long promised) throws IOException {
        exchange.sendResponseHeaders(200, promised);
        exchange.getResponseBody().write(body);
        exchange.getResponseBody().flush();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
