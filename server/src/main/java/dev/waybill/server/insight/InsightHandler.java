package dev.waybill.server.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import java.util.List;
import java.util.Optional;

/** The questions over HTTP. */
public final class InsightHandler {
    private final Answers answers;

    public InsightHandler(Answers answers) {
        this.answers = answers;
    }

    public void addTo(Routes routes) {
        Permit somewhere = Permit.needScopedByHandler(Permission.READ);
        Permit slot = Permit.needForSlot(Permission.READ);
        routes.get("/api/v1/running", somewhere, this::running)
                .get("/api/v1/why/{environment}/<application>", slot, call -> call.json(answers.why(slot(call))))
                .get(
                        "/api/v1/proof/{environment}/<application>",
                        slot,
                        call -> call.send(200, "application/json", answers.proof(slot(call))))
                .get("/api/v1/trace", somewhere, call -> call.json(answers.trace(text(call, "q"), sight(call))))
                .get("/api/v1/diff", somewhere, this::diff)
                .get(
                        "/api/v1/history/{environment}/<application>",
                        slot,
                        call -> call.json(answers.history(slot(call))))
                .get("/api/v1/board", somewhere, this::board)
                .get("/api/v1/artifacts/{digest}", somewhere, this::waybill);
    }

    private void running(Call call) {
        Optional<Slot> slot = call.query("slot", Slot::parse);
        slot.ifPresent(s -> call.require(Permission.READ, Scope.of(s)));
        call.json(slot.map(s -> List.of(answers.running(s))).orElseGet(() -> answers.running(sight(call))));
    }

    private void diff(Call call) {
        Ref a = Ref.parse(text(call, "a"));
        Ref b = Ref.parse(text(call, "b"));
        call.require(Permission.READ, Scope.of(a));
        call.require(Permission.READ, Scope.of(b));
        call.json(answers.diff(a, b, sight(call)));
    }

    private void board(Call call) {
        int page = call.query("page", InsightHandler::page).orElse(1);
        call.json(answers.board(call.query("q", String::strip).orElse(""), page, sight(call)));
    }

    private void waybill(Call call) {
        call.json(answers.waybill(call.path("digest", Digest::parse), sight(call)));
    }

    private static Sight sight(Call call) {
        return new Sight(call.someone());
    }

    private static Slot slot(Call call) {
        return new Slot(call.path("environment", EnvironmentName::new), call.path("application", ApplicationName::new));
    }

    private static String text(Call call, String name) {
        return call.query(name, String::strip)
                .filter(t -> !t.isEmpty())
                .orElseThrow(() -> malformed("the query parameter " + name + " is missing.", "Send ?" + name + "=."));
    }

    private static int page(String text) {
        if (!text.matches("[1-9][0-9]{0,5}")) {
            throw malformed("'" + text + "' is no page.", "Send a number from 1.");
        }
        return Integer.parseInt(text);
    }

    private static ProblemException malformed(String missing, String next) {
        return new Problem.Malformed("QUERY_INVALID", "Reading the question", missing, next).exception();
    }
}
