package dev.waybill.cli.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The team's package repository: a Maven repository in memory that holds one library, and that can vanish. */
final class PackageRepository implements AutoCloseable {
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private @Nullable HttpServer server;
    private int port;

    /** Adds a file and its SHA-1, which Maven asks for. */
    void put(String path, byte[] content) {
        files.put(path, content);
        files.put(path + ".sha1", sha1(content).getBytes(StandardCharsets.US_ASCII));
    }

    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::serve);
        server.start();
        port = server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] content = files.get(exchange.getRequestURI().getPath().substring(1));
        try (exchange) {
            if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, content.length);
                exchange.getResponseBody().write(content);
            }
        }
    }

    private static String sha1(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-1").digest(content));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gone, as in the worst night. */
    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }
}
