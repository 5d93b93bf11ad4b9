package dev.waybill.server.ui;

import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.Sight;
import dev.waybill.server.page.Destination;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Station;
import dev.waybill.server.page.Visit;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The waybill of an artifact, an environment with its history, and the comparison. */
public final class InsightPagesHandler {
    private final Answers answers;
    private final Desk desk;
    private final Visit visit;

    InsightPagesHandler(Answers answers, Desk desk, Visit visit) {
        this.answers = answers;
        this.desk = desk;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        routes.get("/artifacts/{digest}", Permit.needScopedByHandler(Permission.READ), this::artifact)
                .get(
                        "/environments/{environment}/<application>",
                        Permit.needForSlot(Permission.READ),
                        this::environment)
                .get("/compare", Permit.needScopedByHandler(Permission.READ), this::compare);
    }

    private void artifact(Call call) throws IOException {
        WaybillView view = answers.waybill(call.path("digest", Digest::parse), new Sight(call.someone()));
        String title = view.application() + " " + view.artifact().shortHex();
        Page.of("artifact", visit.frame(call, title))
                .with("view", view)
                .with("route", Station.of(view.route()))
                .with("next", Destination.of(view, answers.running(view.application()), call))
                .with("vetoes", vetoes(view))
                .with("mayVeto", Visit.may(call, Permission.PROMOTE, view.application()))
                .send(call);
    }

    private List<MarkView> vetoes(WaybillView view) {
        return desk.marks(view.application()).stream()
                .filter(m -> m.kind() == Mark.Kind.VETO && view.artifact().equals(m.artifact()))
                .toList();
    }

    /** The newest one, as `waybill running` shows it. */
    private @Nullable MarkView hold(Slot slot) {
        return desk.marks(slot.application()).stream()
                .filter(m -> m.kind() == Mark.Kind.HOLD && slot.equals(m.slot()))
                .reduce((a, b) -> b)
                .orElse(null);
    }

    private void environment(Call call) throws IOException {
        Slot slot = new Slot(
                call.path("environment", EnvironmentName::new), call.path("application", ApplicationName::new));
        RunningView running = answers.running(slot);
        Page.of("environment", visit.frame(call, slot.toString()))
                .with("running", running)
                .with("why", answers.why(slot))
                .with("history", answers.history(slot))
                .with("hold", hold(slot))
                .with("mayPromote", Visit.may(call, Permission.PROMOTE, slot))
                .send(call);
    }

    /** A reference that means nothing leaves the form as it was filled in, with what is wrong beside it. */
    private void compare(Call call) throws IOException {
        String a = call.query("a", String::strip).orElse("");
        String b = call.query("b", String::strip).orElse("");
        Page page =
                Page.of("compare", visit.frame(call, "Compare")).with("a", a).with("b", b);
        if (a.isEmpty() || b.isEmpty()) {
            page.send(call);
            return;
        }
        try {
            Ref first = Ref.parse(a);
            Ref second = Ref.parse(b);
            call.require(Permission.READ, Scope.of(first));
            call.require(Permission.READ, Scope.of(second));
            DiffView diff = answers.diff(first, second, new Sight(call.someone()));
            page.with("diff", diff).send(call);
        } catch (ProblemException e) {
            switch (e.problem()) {
                case Problem.Malformed p -> page.with("problem", p).send(call, 400);
                case Problem.NotFound p -> page.with("problem", p).send(call, 404);
                default -> throw e;
            }
        }
    }
}
