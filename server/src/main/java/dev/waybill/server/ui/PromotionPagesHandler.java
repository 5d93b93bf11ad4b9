package dev.waybill.server.ui;

import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.insight.Answers;
import dev.waybill.server.insight.Sight;
import dev.waybill.server.page.Page;
import dev.waybill.server.page.Visit;
import java.io.IOException;

/** Where people decide: a promotion with its approve and reject, and rolling back. */
public final class PromotionPagesHandler {
    private final Answers answers;
    private final Desk desk;
    private final Visit visit;

    PromotionPagesHandler(Answers answers, Desk desk, Visit visit) {
        this.answers = answers;
        this.desk = desk;
        this.visit = visit;
    }

    void addTo(Routes routes) {
        routes.get("/promotions/{id}", Permit.needScopedByHandler(Permission.READ), this::show)
                .post("/promotions/{id}/decision", Permit.needScopedByHandler(Permission.APPROVE), this::decide)
                .post("/promotions", Permit.needScopedByHandler(Permission.PROMOTE), this::promote)
                .post("/rollbacks", Permit.needScopedByHandler(Permission.PROMOTE), this::rollBack);
    }

    private void show(Call call) throws IOException {
        PromotionView view = desk.promotion(call.path("id", id -> id));
        Actor actor = call.require(Permission.READ, Scope.of(view.slot()));
        boolean mayDecide = Visit.may(call, Permission.APPROVE, view.slot());
        Page.of("promotion", visit.frame(call, "Promotion to " + view.slot()))
                .with("view", view)
                .with("change", answers.change(view))
                .with("mayDecide", mayDecide)
                .with(
                        "whyNot",
                        mayDecide
                                ? desk.whyNotApprove(view.id(), actor)
                                        .map(problem -> problem.missing() + " " + problem.next())
                                        .orElse(null)
                                : null)
                .send(call);
    }

    private void decide(Call call) throws IOException {
        String id = call.path("id", i -> i);
        Actor actor =
                call.require(Permission.APPROVE, Scope.of(desk.promotion(id).slot()));
        Form form = Form.of(call);
        Approval.Decision decision = decision(form.require("decision"));
        String reason = decision == Approval.Decision.REJECTED
                ? form.require("reason")
                : form.find("reason").orElse(null);
        Digest covers = form.find("covers").map(Digest::parse).orElse(null);
        desk.decide(id, new ApprovalRequest(decision, reason, covers), actor);
        call.seeOther("/promotions/" + id);
    }

    private static Approval.Decision decision(String text) {
        return switch (text) {
            case "approved" -> Approval.Decision.APPROVED;
            case "rejected" -> Approval.Decision.REJECTED;
            default ->
                throw new Problem.Malformed(
                                "DECISION_INVALID",
                                "Deciding on a promotion",
                                "'" + text + "' is no decision.",
                                "Send approved or rejected.")
                        .exception();
        };
    }

    /** To the promotion's own page: it says what it waits for, why it was refused or where it goes. */
    private void promote(Call call) throws IOException {
        Form form = Form.of(call);
        WaybillView artifact = answers.waybill(Digest.parse(form.require("artifact")), new Sight(call.someone()));
        EnvironmentName to = new EnvironmentName(form.require("to"));
        Actor actor = call.require(Permission.PROMOTE, Scope.of(new Slot(to, artifact.application())));
        PromotionView made =
                desk.promote(new PromotionRequest(artifact.artifact().toString(), to), actor);
        call.seeOther("/promotions/" + made.id());
    }

    private void rollBack(Call call) throws IOException {
        Form form = Form.of(call);
        Slot slot = Slot.parse(form.require("slot"));
        Actor actor = call.require(Permission.PROMOTE, Scope.of(slot));
        Long to = form.find("to").map(PromotionPagesHandler::number).orElse(null);
        PromotionView made = desk.rollBack(new RollbackRequest(slot, to, form.require("why")), actor);
        call.seeOther(made.state().equals("refused") ? "/promotions/" + made.id() : "/environments/" + slot);
    }

    private static Long number(String text) {
        if (!text.matches("[1-9][0-9]{0,17}")) {
            throw new Problem.Malformed(
                            "RELEASE_INVALID",
                            "Rolling back",
                            "'" + text + "' is no release number.",
                            "Choose a release from the environment's history.")
                    .exception();
        }
        return Long.valueOf(text);
    }
}
