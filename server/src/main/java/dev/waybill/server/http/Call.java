package dev.waybill.server.http;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request as a handler sees it: who asks, what they sent, how to answer. */
public final class Call {
    /** Bodies that are not streams; a report or a statement fits, an artifact goes through the registry. */
    public static final int MAX_BODY = 16 * 1024 * 1024;

    private final Context context;
    private final BodyBudget.Share share;
    private final @Nullable Caller caller;
    private final @Nullable Actor actor;

    Call(Context context, @Nullable Caller caller, BodyBudget.Share share) {
        this.share = share;
        this.context = context;
        this.caller = caller;
        this.actor = caller == null ? null : caller.actor();
    }

    /** The web library's own view, for streaming and pages. */
    public Context context() {
        return context;
    }

    /** Who asks, if anyone said. */
    public Optional<Actor> actor() {
        return Optional.ofNullable(actor);
    }

    /** Who asks and by what token, if anyone said. */
    public Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    /** Who asks; {@code UNAUTHENTICATED} when nobody. */
    public Actor someone() {
        return Permissions.requireSomewhere(actor, Permission.READ);
    }

    /** Checks the permission where it is needed and returns who asks. */
    public Actor require(Permission permission, Scope scope) {
        return Permissions.require(actor, permission, scope);
    }

    /**
     * Checks that whoever asks may read the application that a reference names, before anybody looks whether there is such
     * a thing: who may not learns nothing about it.
     */
    public void requireName(String ref) {
        require(Permission.READ, Scope.of(Ref.parse(ref)).anyEnvironment());
    }

    /** True if whoever asks may read what belongs to the application. */
    public boolean mayRead(ApplicationName application) {
        return Permissions.allows(actor, Permission.READ, Scope.of(application));
    }

    /** A path parameter, parsed. */
    public <T> T path(String name, Function<String, T> parser) {
        return parser.apply(context.pathParam(name));
    }

    /** A query parameter, parsed, if it is there. */
    public <T> Optional<T> query(String name, Function<String, T> parser) {
        return Optional.ofNullable(context.queryParam(name)).map(parser);
    }

    /** A header of the request, if it is there. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** Sets a header of the answer. */
    public void header(String name, String value) {
        context.header(name, value);
    }

    /** The path that was asked for, without query. */
    public String at() {
        return context.path();
    }

    /** The method and the undecoded path and query, for a room with a parser of its own. */
    public RequestLine line() {
        return RequestLine.of(context);
    }

    /** As RFC 9112, 3. */
    public record RequestLine(
            String method, String path, @Nullable String query) {
        static RequestLine of(Context context) {
            return new RequestLine(
                    context.req().getMethod(),
                    context.req().getRequestURI(),
                    context.req().getQueryString());
        }
    }

    /** Scheme and host as whoever asks knows this server. */
    public String origin() {
        return origin(context);
    }

    static String origin(Context context) {
        return context.scheme() + "://" + context.host();
    }

    /** Sends a browser to another page, to be fetched with GET (RFC 9110, 15.4.4). */
    public void seeOther(String path) {
        context.status(303).header("Location", path).result("");
    }

    /** The {@code wait} query parameter in whole seconds, between 0 and 60. */
    public Duration waitFor() {
        String text = context.queryParam("wait");
        if (text == null) {
            return Duration.ZERO;
        }
        if (!text.matches("[0-9]{1,4}")) {
            throw new Problem.Malformed(
                            "WAIT_INVALID",
                            "Reading the query parameter wait",
                            "'" + text + "' is not a number of seconds.",
                            "Send whole seconds between 0 and 60.")
                    .exception();
        }
        return Duration.ofSeconds(Math.min(60, Integer.parseInt(text)));
    }

    /** The JSON body, strictly. */
    public <T> T body(Class<T> type) throws IOException {
        return Json.read(bytes(MAX_BODY), type);
    }

    /** As {@link #body(Class)}, for what anybody may send: nobody without a right fills the memory. */
    public <T> T body(Class<T> type, int limit) throws IOException {
        return Json.read(bytes(limit), type);
    }

    /**
     * The body whole, at most {@code limit} bytes; {@code BODY_TOO_LARGE} beyond, {@code BODIES_TOO_MANY} while others fill
     * the memory.
     */
    public byte[] bytes(int limit) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        try (InputStream in = context.bodyInputStream()) {
            while (true) {
                int step = Math.min(BodyBudget.STEP, limit - whole.size());
                if (step == 0) {
                    if (in.read() >= 0) {
                        throw tooLarge(limit);
                    }
                    return whole.toByteArray();
                }
                share.take(step);
                int arrived = read(in, whole, step);
                if (arrived < step) {
                    share.giveBack(step - arrived);
                    return whole.toByteArray();
                }
            }
        }
    }

    /** As many bytes as asked for; fewer only at the end. */
    private int read(InputStream in, ByteArrayOutputStream whole, int step) throws IOException {
        byte[] part = new byte[step];
        int arrived = 0;
        int read = 0;
        while (arrived < step && (read = in.read(part, arrived, step - arrived)) >= 0) {
            arrived += read;
            share.requirePace(whole.size() + arrived);
        }
        whole.write(part, 0, arrived);
        return arrived;
    }

    private static ProblemException tooLarge(int limit) {
        return new Problem.TooLarge(
                        "BODY_TOO_LARGE",
                        "Reading the request's body",
                        "it has more than " + limit + " bytes.",
                        "Send less, or push large content to the registry.")
                .exception();
    }

    public void json(Object value) {
        json(200, value);
    }

    public void json(int status, Object value) {
        send(status, "application/json", Json.write(value));
    }

    public void send(int status, String contentType, byte[] body) {
        context.status(status).contentType(contentType).result(body);
        // Javalin says it for small bodies only; registry clients rely on it for each.
        context.res().setContentLengthLong(body.length);
    }

    /** Where a large body goes. Declare status, type and length first: what fails later can only break the connection. */
    public WritableByteChannel output() throws IOException {
        return ResponseBody.of(context.res().getOutputStream());
    }

    public void noContent() {
        context.status(204);
    }
}
