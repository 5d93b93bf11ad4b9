package dev.waybill.server.http;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.EOFException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;

/** The HTTP server: Javalin on Jetty, one virtual thread per request, every route behind its permit. */
public final class Web implements AutoCloseable {
    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Logger LOG = Logger.getLogger(Web.class.getName());
    private static final Logger JAVALIN = Logger.getLogger("io.javalin");

    private final Routes routes;
    private final Credentials credentials;
    private final ProblemWriter problems;
    private final BodyBudget bodies;
    private final Gate gate;
    private final Javalin javalin;

    public Web(Routes routes, Credentials credentials, ErrorPage page) {
        this(routes, credentials, page, Gate.open());
    }

    public Web(Routes routes, Credentials credentials, ErrorPage page, Gate gate) {
        this(routes, credentials, page, gate, BodyBudget.ofHeap());
    }

    Web(Routes routes, Credentials credentials, ErrorPage page, Gate gate, BodyBudget bodies) {
        this.gate = gate;
        this.bodies = bodies;
        this.routes = routes;
        this.credentials = credentials;
        this.problems = new ProblemWriter(page, routes.challenge());
        this.javalin = Javalin.create(this::configure);
    }

    /** Listens; port 0 takes any free one. {@code PORT_TAKEN} when another program has it. */
    public int start(String host, int port) {
        Level before = JAVALIN.getLevel();
        try {
            // It would say in words of its own what is thrown below.
            JAVALIN.setLevel(Level.OFF);
            javalin.start(host, port);
            return javalin.port();
        } catch (RuntimeException e) {
            throw new Problem.Unavailable(
                            "PORT_TAKEN",
                            "Listening on " + host + ":" + port,
                            "the address cannot be bound (" + rootMessage(e) + ").",
                            "Stop the program that uses the port, or choose another with --port.")
                    .exception();
        } finally {
            JAVALIN.setLevel(before);
        }
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.router.ignoreTrailingSlashes = false;
        config.http.maxRequestSize = Call.MAX_BODY;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setSendXPoweredBy(false);
            // The registry parses raw paths itself; ambiguous ones must reach it to be refused in its own words.
            http.setUriCompliance(UriCompliance.UNSAFE);
        });
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new PlainErrors());
            server.setRequestLog(gate::count);
        });
        for (Route route : routes.all()) {
            config.routes.addEndpoint(new io.javalin.router.Endpoint(
                    HandlerType.findOrCreate(route.method()), route.path(), context -> answer(route, context)));
        }
        config.routes.exception(ProblemException.class, (e, context) -> problems.write(context, e.problem()));
        config.routes.exception(Exception.class, this::broken);
        config.routes.exception(IllegalArgumentException.class, this::undecodable);
        config.routes.exception(NotFoundResponse.class, (e, context) -> unknownPath(context));
    }

    /** Names in a path are decoded before any code of ours runs. */
    private void undecodable(IllegalArgumentException e, Context context) {
        String line = context.req().getRequestURI() + "?" + context.req().getQueryString();
        if (!BROKEN_ESCAPE.matcher(line).find()) {
            broken(e, context);
            return;
        }
        problems.write(
                context,
                new Problem.NotFound(
                        "PATH_UNKNOWN",
                        "Reading the request's path",
                        "it has a % that two hex digits do not follow.",
                        "Write a percent sign as %25; the paths are in /api/openapi.yaml."));
    }

    private void answer(Route route, Context context) throws Exception {
        securityHeaders(context);
        if (credentials.areStrange(context)) {
            gate.admitStranger(route, context);
        }
        Caller caller = credentials.caller(context);
        gate.admit(route, context, caller);
        Actor actor = caller == null ? null : caller.actor();
        if (actor == null && route.permit().permission() != null) {
            credentials.refuseEnded(context);
        }
        check(route.permit(), context, actor);
        try (BodyBudget.Share share = bodies.share(actor)) {
            route.endpoint().answer(new Call(context, caller, share));
        }
    }

    private static void check(Permit permit, Context context, @Nullable Actor actor) {
        Permission permission = permit.permission();
        if (permission == null) {
            return;
        }
        if (permit.scopeInHandler()) {
            Permissions.requireSomewhere(actor, permission);
            return;
        }
        Permissions.require(actor, permission, scope(permit, context));
    }

    private static Scope scope(Permit permit, Context context) {
        return new Scope(
                permit.applicationParameter() == null
                        ? null
                        : new ApplicationName(context.pathParam(permit.applicationParameter())),
                permit.environmentParameter() == null
                        ? null
                        : new EnvironmentName(context.pathParam(permit.environmentParameter())));
    }

    private static void securityHeaders(Context context) {
        context.header("X-Content-Type-Options", "nosniff");
        context.header("Referrer-Policy", "same-origin");
        context.header(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self';"
                        + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    }

    private void broken(Exception e, Context context) {
        if (e instanceof EofException || e instanceof EOFException || e.getCause() instanceof EofException) {
            LOG.log(Level.FINE, "The client went away", e);
            cutOff(context);
            return;
        }
        LOG.log(Level.SEVERE, context.req().getMethod() + " " + context.path() + " failed", e);
        if (context.res().isCommitted()) {
            // Half a body was declared whole: only a broken connection tells the client (distribution issue 4872).
            ServletContextRequest.getServletContextRequest(context.req())
                    .getServletChannel()
                    .abort(e);
            return;
        }
        context.res().resetBuffer();
        context.res().setHeader("Content-Length", null);
        problems.write(context, Faults.problem(context.req().getMethod() + " " + context.path(), e));
    }

    /** Whoever still listens must not take half a request for one that was done: the status that nobody set is 200. */
    private void cutOff(Context context) {
        if (!context.res().isCommitted()) {
            context.res().resetBuffer();
            context.res().setHeader("Content-Length", null);
            context.header("Connection", "close");
            problems.write(
                    context,
                    new Problem.Malformed(
                            "REQUEST_CUT_OFF",
                            "Reading the body of " + context.req().getMethod() + " " + context.path(),
                            "it ended before its declared end.",
                            "Nothing of it counts; send the whole again."));
        }
    }

    private void unknownPath(Context context) {
        securityHeaders(context);
        problems.write(
                context,
                new Problem.NotFound(
                        "PATH_UNKNOWN",
                        context.req().getMethod() + " " + context.path(),
                        "there is nothing at this path.",
                        "See the API's description at /api/openapi.yaml."));
    }

    private static String rootMessage(Throwable e) {
        Throwable t = e;
        while (t.getCause() != null) {
            t = t.getCause();
        }
        return String.valueOf(t.getMessage());
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
