package shop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * {@code GET /price/ITEM}, {@code GET /health}, {@code GET /version}. Everything that differs between environments comes from
 * the environment: PORT, CURRENCY, TAX_PERCENT and the secret PAYMENT_KEY.
 */
public final class Shop {
    private final Map<String, String> environment;

    Shop(Map<String, String> environment) {
        this.environment = environment;
    }

    public static void main(String[] arguments) throws IOException {
        new Shop(System.getenv()).start(Integer.parseInt(System.getenv("PORT")));
    }

    HttpServer start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/price/", this::price);
        server.createContext("/health", exchange -> answer(exchange, health()));
        server.createContext("/version", exchange -> answer(exchange, new Answer(200, version())));
        server.start();
        return server;
    }

    private void price(HttpExchange exchange) throws IOException {
        String item = exchange.getRequestURI().getPath().substring("/price/".length());
        answer(
                exchange,
                prices().of(item)
                        .map(money -> new Answer(200, money.toString()))
                        .orElse(new Answer(404, "no such item")));
    }

    Answer health() {
        if (environment.getOrDefault("PAYMENT_KEY", "").isEmpty()) {
            return new Answer(500, "no payment key");
        }
        return prices().of("tea").isPresent() ? new Answer(200, "well") : new Answer(500, "no tea");
    }

    Prices prices() {
        return new Prices(environment.get("CURRENCY"), tax(environment.get("TAX_PERCENT")));
    }

    /** Accepts 19 and 7.7 and, as people write it in some places, 7,7. */
    static BigDecimal tax(String text) {
        return new BigDecimal(text.replace(',', '.'));
    }

    private String version() {
        return environment.getOrDefault("WAYBILL_RELEASE", "no release") + " "
                + environment.getOrDefault("WAYBILL_DIGEST", "no digest");
    }

    record Answer(int status, String body) {}

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = (answer.body() + "\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
