package dev.waybill.api.client;

import dev.waybill.api.ProblemBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server's address and the token to show there. Answers are bounded ({@link Json#MAX_BYTES}); members that a newer
 * server added are ignored. Safe for use by many threads.
 */
public final class Connection implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final URI base;
    private final @Nullable String token;
    private final HttpClient http;

    private Connection(URI base, @Nullable String token, HttpClient http) {
        this.base = base;
        this.token = token;
        this.http = http;
    }

    /** @param base scheme, host and port, such as {@code http://localhost:8080}; {@code URL_INVALID} for anything else */
    public static Connection to(URI base, @Nullable String token) {
        String scheme = base.getScheme();
        if (base.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new Problem.Malformed(
                            "URL_INVALID",
                            "Reading the server's address '" + base + "'",
                            "it is not of the form http://HOST:PORT or https://HOST.",
                            "Give the address that `waybill server` printed.")
                    .exception();
        }
        URI trimmed = URI.create(base.toString().replaceFirst("/+$", ""));
        HttpClient.Builder http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        if (scheme.equals("http")) {
            http.sslContext(nobodyTrusted());
        }
        return new Connection(trimmed, token, http.build());
    }

    /** The client makes a context even where none is used, and reading the JDK's authorities takes longer than a command. */
    private static SSLContext nobodyTrusted() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has TLS", e);
        }
    }

    public URI base() {
        return base;
    }

    /** The same server, asked with another token. */
    public Connection with(String otherToken) {
        return new Connection(base, otherToken, http);
    }

    public <T> T get(String path, Class<T> type) {
        return get(path, type, Duration.ZERO);
    }

    /** A long poll: the server may hold the answer for {@code wait}, which the path names too. */
    public <T> T get(String path, Class<T> type, Duration wait) {
        return bind(parse(exchange(request("GET", path, null, wait))), type);
    }

    public <T> List<T> list(String path, Class<T> element) {
        List<T> all = new ArrayList<>();
        for (JsonNode node : parse(exchange(request("GET", path, null, Duration.ZERO)))) {
            all.add(bind(node, element));
        }
        return List.copyOf(all);
    }

    public <T> T send(String method, String path, Object body, Class<T> answer) {
        return send(method, path, body, answer, Duration.ZERO);
    }

    /** The same for work that takes the server so much longer than an answer usually does. */
    public <T> T send(String method, String path, Object body, Class<T> answer, Duration longer) {
        return bind(parse(exchange(request(method, path, Json.write(body), longer))), answer);
    }

    /** Sends what has no answer of interest. */
    public void send(String method, String path, @Nullable Object body) {
        exchange(request(method, path, body == null ? null : Json.write(body), Duration.ZERO));
    }

    /** The bytes of an answer that is not JSON, or whose exact bytes matter. */
    public byte[] bytes(String path) {
        return exchange(request("GET", path, null, Duration.ZERO));
    }

    private HttpRequest request(String method, String path, byte @Nullable [] body, Duration wait) {
        HttpRequest.Builder builder = builder(path)
                .timeout(ANSWER.plus(wait))
                .header("Accept", "application/json, application/problem+json;q=0.9, */*;q=0.1")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        return (body == null ? builder : builder.header("Content-Type", "application/json")).build();
    }

    HttpRequest.Builder builder(String path) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + path));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    private byte[] exchange(HttpRequest request) {
        HttpResponse<byte[]> answer =
                exchange(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), Json.MAX_BYTES));
        if (answer.statusCode() / 100 != 2) {
            throw problem(answer);
        }
        return answer.body();
    }

    /** Sends; whatever stops the conversation is {@code SERVER_UNREACHABLE}, an interrupt is kept for the caller. */
    <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable("waiting for the answer was interrupted.");
        } catch (ConnectException e) {
            // The JDK's own words are the name of a class here.
            throw unreachable("nothing listens there, or nothing lets the connection through.");
        } catch (IOException e) {
            Throwable cause = e;
            while (cause.getMessage() == null && cause.getCause() != null) {
                cause = cause.getCause();
            }
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            throw unreachable("the conversation failed (" + why + ").");
        }
    }

    private ProblemException problem(HttpResponse<byte[]> answer) {
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("application/problem+json")) {
            return bind(parse(answer.body()), ProblemBody.class).problem().exception();
        }
        return nonsense("it answered " + answer.request().method() + " "
                + answer.request().uri().getPath() + " with status " + answer.statusCode()
                + " and no problem that Waybill knows.");
    }

    private JsonNode parse(byte[] bytes) {
        try {
            return Json.parse(bytes);
        } catch (ProblemException e) {
            throw nonsense("its answer is not JSON: " + e.problem().missing());
        }
    }

    private <T> T bind(JsonNode tree, Class<T> type) {
        try {
            return JsonNode.class.isAssignableFrom(type) ? type.cast(tree) : Json.bindOpen(tree, type);
        } catch (ProblemException e) {
            throw nonsense("its answer is no " + type.getSimpleName() + ": "
                    + e.problem().missing());
        }
    }

    private ProblemException unreachable(String why) {
        return new Problem.Unavailable(
                        "SERVER_UNREACHABLE",
                        "Talking to " + base,
                        why,
                        "Check that the server runs and that the address is right, then try again.")
                .exception();
    }

    ProblemException nonsense(String why) {
        return new Problem.Unavailable(
                        "SERVER_ANSWER_UNEXPECTED",
                        "Talking to " + base,
                        why,
                        "Check that the address is a Waybill server of a matching version.")
                .exception();
    }

    /** Ends what is under way. A process that exits while the client's thread waits for the network is held up by it. */
    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
