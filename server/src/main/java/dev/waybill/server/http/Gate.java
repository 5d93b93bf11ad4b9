package dev.waybill.server.http;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.traffic.Meters;
import dev.waybill.server.traffic.RateLimits;
import dev.waybill.server.traffic.Rates;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What stands before every route: nobody asks more often than they may, and every answer is counted. */
public final class Gate {
    static final String LIMITED = "RATE_LIMITED";

    /** Whoever watches whether the server lives asks this one, and it costs nothing to answer. */
    private static final String HEALTH = "/api/v1/server";

    /** Where under {@code /v2} a request goes: the last of these in its path, for names may hold any of them. */
    private static final List<String> REGISTRY =
            List.of("/blobs/uploads", "/blobs/", "/manifests/", "/tags/list", "/referrers/");

    private final RateLimits limits;
    private final boolean behindProxy;
    private final Meters.Counter refused;
    private final Meters.Counter requests;
    private final Meters.Counter in;
    private final Meters.Counter out;
    private final Meters.Timing seconds;

    /** @param behindProxy true when a trusted proxy says in {@code X-Forwarded-For} from where a request came to it */
    public Gate(RateLimits limits, Meters meters, boolean behindProxy) {
        this.limits = limits;
        this.behindProxy = behindProxy;
        this.refused = meters.counter(
                "waybill_rate_limited_total", "Requests that were told to wait, by what was limited.", "who");
        this.requests = meters.counter("waybill_http_requests_total", "Answers, by class of route.", "route", "status");
        this.in = meters.counter("waybill_http_received_bytes_total", "Bytes of bodies that came.", "route");
        this.out = meters.counter("waybill_http_sent_bytes_total", "Bytes of bodies that went.", "route");
        this.seconds = meters.timing(
                "waybill_http_request_seconds", "From the head of a request to the end of its answer.", "route");
        refused.add(0, "account");
        refused.add(0, "address");
    }

    /** Without limits, and counting for nobody. */
    static Gate open() {
        return new Gate(new RateLimits(Rates.NONE, InstantSource.system()), new Meters(), false);
    }

    /**
     * Before the database is asked whose token it is that nobody showed yet: guesses cost no more than what shows none.
     * {@code RATE_LIMITED} as {@link #admit}.
     */
    void admitStranger(Route route, Context context) {
        if (!route.path().equals(HEALTH)) {
            String name = address(context);
            require(context, false, name, limits.stranger(name));
        }
    }

    /** {@code RATE_LIMITED}, with the seconds to wait in {@code Retry-After} (RFC 6585, 4). */
    void admit(Route route, Context context, @Nullable Caller caller) {
        if (isFree(route, caller)) {
            return;
        }
        Actor actor = caller == null || caller.isNobody() ? null : caller.actor();
        boolean account = actor != null;
        String name = actor == null ? address(context) : actor.name().value();
        require(context, account, name, account ? limits.account(name) : limits.address(name));
    }

    private void require(Context context, boolean account, String name, long seconds) {
        if (seconds == 0) {
            return;
        }
        refused.add(1, account ? "account" : "address");
        context.header("Retry-After", Long.toString(seconds));
        throw new Problem.Unavailable(
                        LIMITED,
                        "Answering " + (account ? "the account " : "the address ") + name,
                        "it asks more often than one " + (account ? "account" : "address without a token") + " may.",
                        "Ask again in " + seconds + " s, and less often; who runs the server may allow more (`--rate "
                                + (account ? "account" : "address") + "=N`).")
                .exception();
    }

    /** What keeps things running is not held up: agents that take releases and report, and who asks whether the server lives. */
    private static boolean isFree(Route route, @Nullable Caller caller) {
        boolean agents = route.permit().permission() == Permission.DEPLOY;
        return route.path().equals(HEALTH)
                || (agents && caller != null && Permissions.allowsSomewhere(caller.actor(), Permission.DEPLOY));
    }

    private String address(Context context) {
        String socket = context.req().getRemoteAddr();
        return behindProxy
                ? forwarded(context.req().getHeaders("X-Forwarded-For")).orElse(socket)
                : socket;
    }

    /**
     * The last one of the last line is the one that the proxy saw itself; those before anybody may have written, and a proxy
     * may add a line of its own behind the client's (RFC 9110, 5.3). Empty if it is no address.
     */
    private static Optional<String> forwarded(Enumeration<String> lines) {
        String last = "";
        while (lines.hasMoreElements()) {
            last = lines.nextElement();
        }
        String element = last.substring(last.lastIndexOf(',') + 1).strip();
        try {
            return Optional.of(InetAddress.ofLiteral(withoutPort(element)).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code [ADDRESS]:PORT} and {@code ADDRESS:PORT}, as some proxies write it (RFC 7239, 6). */
    private static String withoutPort(String element) {
        if (element.startsWith("[")) {
            return element.substring(1, Math.max(1, element.indexOf(']')));
        }
        int colon = element.indexOf(':');
        return colon >= 0 && colon == element.lastIndexOf(':') ? element.substring(0, colon) : element;
    }

    void count(Request request, Response response) {
        String route = route(Request.getPathInContext(request));
        requests.add(1, route, Integer.toString(response.getStatus()));
        in.add(Math.max(0, Request.getContentBytesRead(request)), route);
        out.add(Math.max(0, Response.getContentBytesWritten(response)), route);
        seconds.add(System.nanoTime() - request.getHeadersNanoTime(), route);
    }

    /** One of a dozen words. */
    static String route(String path) {
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            return registry(path);
        }
        if (path.startsWith("/api/v1/agent/")) {
            return "agent";
        }
        if (path.startsWith("/api/")) {
            return "api";
        }
        if (path.startsWith("/ledger/")) {
            return "ledger";
        }
        return switch (path) {
            case "/token" -> "token";
            case "/metrics" -> "metrics";
            case "/events" -> "events";
            default -> path.startsWith("/assets/") ? "assets" : "pages";
        };
    }

    private static String registry(String path) {
        int last = -1;
        String found = "registry";
        for (String mark : REGISTRY) {
            int at = path.lastIndexOf(mark);
            if (at > last) {
                last = at;
                found = mark.replace("/blobs/uploads", "uploads")
                        .replace("/list", "")
                        .replace("/", "");
            }
        }
        return found;
    }
}
