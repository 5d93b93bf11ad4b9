package dev.waybill.cli.remote;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;

/** Sends requests to another registry: again while it is busy, and where it leads only as far as that is safe. */
final class Wire implements AutoCloseable {
    /** Of answers that are no content. In bytes. */
    static final int SMALL = 256 * 1024;

    private static final int MOST_REDIRECTS = 5;
    private static final List<String> SHOWN_TO_ANYBODY = List.of("Accept", "Range");

    private final String authority;
    private final boolean plain;
    private final Patience patience;
    private boolean spoken;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** @param plain HTTP without TLS, because somebody said so */
    Wire(String authority, boolean plain, Patience patience) {
        this.authority = authority;
        this.plain = plain;
        this.patience = patience;
    }

    boolean plain() {
        return plain;
    }

    URI uri(String path) {
        return URI.create((plain ? "http://" : "https://") + authority + path);
    }

    /** Follows no redirect; {@code REMOTE_BUSY} when waiting did not help, {@code REMOTE_UNREACHABLE}. */
    HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        for (int i = 1; ; i++) {
            Duration wait;
            try {
                HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
                spoken = true;
                if (!Patience.isWorthIt(answer.statusCode())) {
                    return answer;
                }
                answer.body().close();
                Optional<Duration> asked = patience.before(i, answer);
                if (i >= patience.tries() || asked.isEmpty()) {
                    throw busy(request, answer, i);
                }
                wait = asked.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw unreachable(request, "waiting for the answer was interrupted.");
            } catch (IOException e) {
                if (i >= patience.tries() || isFinal(e)) {
                    throw unreachable(
                            request,
                            "the conversation failed (" + words(e) + ")" + (i == 1 ? "." : ", " + i + " times."));
                }
                wait = patience.before(i);
            }
            LockSupport.parkNanos(wait.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw unreachable(request, "waiting was interrupted.");
            }
        }
    }

    /**
     * The answer at the end of the way. What was shown to the registry is shown to nobody else: a redirect is followed with no
     * headers but {@code Accept} and {@code Range}, never from https to http, and to no address of this machine or its link unless
     * the registry is there itself.
     */
    HttpResponse<InputStream> follow(HttpResponse<InputStream> first) throws IOException {
        HttpResponse<InputStream> answer = first;
        for (int i = 0; isRedirect(answer.statusCode()); i++) {
            answer.body().close();
            URI from = answer.request().uri();
            String location = answer.headers().firstValue("Location").orElse("");
            URI to = target(from, location);
            if (i >= MOST_REDIRECTS || to == null) {
                throw redirected(from, location);
            }
            answer = send(onward(first.request(), to));
        }
        return answer;
    }

    private static HttpRequest onward(HttpRequest first, URI to) {
        HttpRequest.Builder next = HttpRequest.newBuilder(to);
        first.timeout().ifPresent(next::timeout);
        for (String name : SHOWN_TO_ANYBODY) {
            first.headers().allValues(name).forEach(value -> next.header(name, value));
        }
        return next.GET().build();
    }

    /** Its first bytes, or all; {@code REMOTE_UNREACHABLE} when the connection breaks or nothing comes any more. */
    byte[] read(HttpResponse<InputStream> answer, int most) {
        try (Idle body = Idle.watch(answer.body(), patience.silence())) {
            return body.readNBytes(most);
        } catch (IOException e) {
            throw unreachable(answer.request(), "its answer broke off (" + words(e) + ").");
        }
    }

    /** A host that never answered is a wrong name more often than a busy one; and TLS does not come by waiting. */
    private boolean isFinal(IOException e) {
        return e instanceof SSLException
                || (!spoken && (e instanceof ConnectException || e instanceof HttpConnectTimeoutException));
    }

    Patience patience() {
        return patience;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private @org.jspecify.annotations.Nullable URI target(URI from, String location) {
        try {
            URI to = from.resolve(location);
            boolean scheme = "https".equals(to.getScheme()) || ("http".equals(to.getScheme()) && plain);
            boolean fine = !location.isEmpty() && scheme && to.getHost() != null && to.getUserInfo() == null;
            boolean own = authority.equalsIgnoreCase(to.getRawAuthority());
            return fine && (own || !isNear(to.getHost()) || isNear(host())) ? to : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private String host() {
        return uri("/").getHost();
    }

    /** This machine, or its link, where clouds serve their machines' secrets. */
    private static boolean isNear(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host.replaceAll("[\\[\\]]", ""))) {
                if (address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isAnyLocalAddress()) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private ProblemException redirected(URI from, String location) {
        String shown = location.replaceAll("[^ -~]", "?").replaceAll("\\?.*", "");
        return new Problem.Refused(
                        "REDIRECT_REFUSED",
                        "Fetching " + from.getPath() + " from " + authority,
                        "it leads to '" + shown.substring(0, Math.min(200, shown.length()))
                                + "', and a way of more than " + MOST_REDIRECTS
                                + " steps, from https to http or to an address of this machine is not followed.",
                        "Ask whoever runs that registry.")
                .exception();
    }

    private ProblemException busy(HttpRequest request, HttpResponse<?> answer, int tries) {
        String later = answer.headers()
                .firstValue("Retry-After")
                .map(v -> ", and says to come again after " + v.replaceAll("[^ -~]", "?"))
                .orElse("");
        return new Problem.Unavailable(
                        "REMOTE_BUSY",
                        "Fetching " + request.uri().getPath() + " from "
                                + request.uri().getAuthority(),
                        "it answered " + answer.statusCode() + " " + (tries == 1 ? "once" : tries + " times") + later
                                + ".",
                        "Try again later: what was copied is not copied again.")
                .exception();
    }

    private static ProblemException unreachable(HttpRequest request, String missing) {
        return new Problem.Unavailable(
                        "REMOTE_UNREACHABLE",
                        "Fetching " + request.uri().getPath() + " from "
                                + request.uri().getAuthority(),
                        missing,
                        "Check the host and the network; a registry without TLS needs --plain-http. Then try again: what was"
                                + " copied is not copied again.")
                .exception();
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
