package dev.waybill.server;

import dev.waybill.api.WaybillVersion;
import dev.waybill.api.identity.ServerInfo;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.PostgresDatabase;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.TokensHandler;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.Tokens;
import java.io.PrintStream;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The server, whole. Built from the floor up; closed from the roof down. */
public final class WaybillServer implements AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final ServerConfig config;
    private final Tokens tokens;
    private final Routes routes = new Routes();
    private final int port;

    public static WaybillServer start(ServerConfig config) {
        return new WaybillServer(config);
    }

    private WaybillServer(ServerConfig config) {
        this.config = config;
        Clock clock = Clock.tickMillis(ZoneOffset.UTC);
        FileDataDirectory data = closing(FileDataDirectory.open(config.data()));
        Database database = closing(database(config, data));
        this.tokens = new Tokens(database, clock);

        routes.get(
                "/api/v1/server",
                Permit.anyone(),
                call -> call.json(new ServerInfo(WaybillVersion.TEXT, "", database.engine())));
        new TokensHandler(tokens).addTo(routes);

        Web web = closing(new Web(routes, tokens, (status, problem) -> new byte[0]));
        this.port = web.start(config.host(), config.port());
    }

    private static Database database(ServerConfig config, FileDataDirectory data) {
        return config.database() == null
                ? SqliteDatabase.open(data.path().resolve("waybill.sqlite"))
                : PostgresDatabase.open(config.database(), null, null);
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    public int port() {
        return port;
    }

    public String url() {
        return "http://" + config.host() + ":" + port;
    }

    public Tokens tokens() {
        return tokens;
    }

    /** The route table, for the test that multiplies it with the roles. */
    public Routes routes() {
        return routes;
    }

    /** Says where the server answers and, on the very first start, the admin's one token. */
    void greet(PrintStream out) {
        out.println("Waybill answers at " + url());
        Optional<Tokens.Made> admin = tokens.firstAdmin();
        admin.ifPresent(made -> {
            out.println("Admin token, shown once: " + made.text());
            out.println("Next: waybill login " + url() + " --token " + made.text());
        });
        out.flush();
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                System.getLogger("waybill").log(System.Logger.Level.WARNING, "Closing a part failed", e);
            }
        }
    }
}
