package dev.waybill.server.ui;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.TestCredentials;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages behind a real web server, tokens and ledger; only what they show is made up. */
final class TestPages implements AutoCloseable {
    final Database database;
    final Ledger ledger;
    final Tokens tokens;
    final FakeDesk desk;
    boolean nothingPushed;
    final String url;
    private final Pages pages;
    private final Web web;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

    TestPages(Path data, String typed) {
        SampleViews views = new SampleViews(Instant.now());
        database = TestDatabases.sqlite(data).open();
        ledger = FileLedger.open(database, data, "ledger.example.com", Clock.systemUTC());
        ledger.start();
        tokens = new Tokens(database, Clock.systemUTC());
        desk = new FakeDesk(views, typed);
        pages = new Pages(new Pages.Parts(
                database,
                ledger,
                tokens,
                new FakeAnswers(views, typed),
                desk,
                () -> nothingPushed ? SampleRegistry.empty() : SampleRegistry.full(Instant.now(), typed),
                Clock.systemUTC()));
        Routes routes = new Routes();
        pages.addTo(routes, false);
        web = new Web(routes, TestCredentials.of(tokens), Pages.errors(Clock.systemUTC()));
        url = "http://127.0.0.1:" + web.start("127.0.0.1", 0);
    }

    String token(Role role) {
        return token(role.label(), role);
    }

    String token(String name, Role role) {
        Actor actor = new Actor(new ActorName(name), Set.of(), List.of(Grant.everywhere(role)));
        return tokens.make(new Tokens.Wish(actor, false, null)).text();
    }

    /** Logs a hold of production/shop, for this reason. */
    Statement hold(String reason) {
        Mark mark = new Mark(
                Mark.Kind.HOLD,
                false,
                Slot.parse("production/shop").application(),
                Slot.parse("production/shop"),
                null,
                reason,
                new ActorName("release-manager"),
                Instant.parse("2026-11-20T14:02:00Z"));
        Statement statement = Statement.of(mark, Subject.of("production/shop", SampleViews.digest("slot")));
        var signed = ledger.keys().record().sign(statement);
        database.change(tx -> ledger.append(tx, signed));
        return statement;
    }

    HttpResponse<String> get(String path, @Nullable String token) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/html,application/xhtml+xml");
        if (token != null) {
            request.header("Cookie", "waybill=" + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, @Nullable String token, String origin, String form)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (token != null) {
            request.header("Cookie", "waybill=" + token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        pages.close();
        web.close();
        ledger.close();
        database.close();
        client.close();
    }
}
