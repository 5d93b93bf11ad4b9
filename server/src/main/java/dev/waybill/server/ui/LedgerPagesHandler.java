package dev.waybill.server.ui;

import dev.waybill.core.ledger.Logged;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.Sse;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.page.LedgerPage;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.StatementPage;
import dev.waybill.server.page.Visit;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The ledger and its statements for people, and the news that it grew. */
public final class LedgerPagesHandler {
    private static final int LINES = 50;

    private final Database database;
    private final Ledger ledger;
    private final Sse events;
    private final Visit visit;

    LedgerPagesHandler(Database database, Ledger ledger, Sse events, Visit visit) {
        this.database = database;
        this.ledger = ledger;
        this.events = events;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        Permit read = Permit.need(Permission.READ);
        routes.get("/ledger", read, this::page)
                .get("/statements/{id}", read, this::statement)
                .get(
                        "/events",
                        Permit.needScopedByHandler(Permission.READ),
                        call -> events.stream(call, ledger::awaitGrowth));
    }

    private void page(Call call) throws IOException {
        long size = database.read(ledger::size);
        long before =
                Math.min(size, call.query("before", LedgerPagesHandler::index).orElse(size));
        long from = Math.max(0, before - LINES);
        List<LedgerPage.Line> lines = database.read(tx -> ledger.after(tx, from - 1, (int) (before - from)).stream()
                .map(entry -> line(tx, entry))
                .toList());
        LedgerPage page = new LedgerPage(
                ledger.keys().origin(),
                call.origin(),
                size,
                checkpoint(size),
                lines.reversed(),
                before < size ? Long.valueOf(Math.min(size, before + LINES)) : null,
                from > 0 ? Long.valueOf(from) : null);
        Page.of("ledger", visit.frame(call, "Ledger")).with("ledger", page).send(call);
    }

    private @Nullable String checkpoint(long size) {
        if (size == 0) {
            return null;
        }
        Digest last =
                database.read(tx -> ledger.after(tx, size - 2, 1)).getFirst().id();
        return ledger.prove(last).checkpoint();
    }

    private LedgerPage.Line line(Tx tx, Entry entry) {
        Statement statement = entry.statement();
        Subject subject = statement.subject().getFirst();
        String digest = subject.sha256().map(Digest::shortHex).orElse("");
        String about = subject.name() == null ? digest : subject.name() + " " + digest;
        return new LedgerPage.Line(
                entry.index(), entry.id(), entry.at(), says(statement.predicateType()), about, signer(tx, entry));
    }

    private String signer(Tx tx, Entry entry) {
        return ledger.register().at(tx, entry.signed().publicKey(), entry.index()).stream()
                .findFirst()
                .map(LedgerPagesHandler::named)
                .orElse("a key that the ledger does not know");
    }

    private static String named(KnownKey key) {
        return key.holder().equals("server") ? "server, " + key.role().label() + " key" : key.holder();
    }

    /** The predicate's name: the last part of its URI that is no version. */
    static String says(String predicateType) {
        String[] parts = predicateType.split("/");
        int last = parts.length - 1;
        String name = last > 0 && parts[last].matches("v[0-9.]+") ? parts[last - 1] : parts[last];
        return name.replace('-', ' ').replace('_', ' ');
    }

    private void statement(Call call) throws IOException {
        Digest id = call.path("id", Digest::sha256Hex);
        Logged logged = ledger.prove(id);
        StatementPage page = database.read(tx -> {
            Entry entry = ledger.find(tx, id).orElseThrow();
            Statement statement = entry.statement();
            Set<Digest> artifacts = statement.subject().stream()
                    .flatMap(s -> s.sha256().stream())
                    .filter(d ->
                            !ledger.about(tx, d, PredicateTypes.REGISTRATION).isEmpty())
                    .collect(Collectors.toSet());
            return new StatementPage(logged, entry.at(), signer(tx, entry), says(statement.predicateType()), artifacts);
        });
        Page.of("statement", visit.frame(call, "Statement " + id.shortHex()))
                .with("page", page)
                .send(call);
    }

    private static Long index(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Problem.Malformed(
                            "NUMBER_INVALID",
                            "Reading the query parameter before",
                            "'" + text + "' is no entry.",
                            "Send a whole number.")
                    .exception();
        }
        return Long.valueOf(text);
    }
}
