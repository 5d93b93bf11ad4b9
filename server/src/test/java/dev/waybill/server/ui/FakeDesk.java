package dev.waybill.server.ui;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.identity.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what was decided. */
final class FakeDesk implements Desk {
    final List<String> decided = new ArrayList<>();
    final List<MarkView> marks = new ArrayList<>();
    private final SampleViews views;
    private final String typed;

    FakeDesk(SampleViews views, String typed) {
        this.views = views;
        this.typed = typed;
    }

    @Override
    public PromotionView promotion(String id) {
        return views.promotion("waiting", typed);
    }

    @Override
    public Optional<Problem> whyNotApprove(String id, Actor by) {
        return by.name().equals(promotion(id).requestedBy())
                ? Optional.of(new Problem.Refused(
                        "APPROVER_IS_REQUESTER",
                        "Approving " + id,
                        by.name() + " asked for it.",
                        "Somebody else does."))
                : Optional.empty();
    }

    @Override
    public PromotionView decide(String id, ApprovalRequest request, Actor by) {
        String verb = request.decision() == Approval.Decision.APPROVED ? "approved" : "rejected";
        decided.add(by.name() + " " + verb + " " + id + " because " + request.reason() + " seeing " + request.covers());
        return promotion(id);
    }

    @Override
    public PromotionView promote(PromotionRequest request, Actor by) {
        decided.add(by.name() + " promoted " + request.ref() + " to " + request.to());
        return promotion("p-8");
    }

    @Override
    public MarkView mark(MarkRequest request, Actor by) {
        String place = request.slot() == null
                ? String.valueOf(request.ref())
                : request.slot().toString();
        decided.add(by.name() + (request.end() ? " ended " : " set ") + request.kind() + " of " + place + " because "
                + request.reason());
        MarkView set = new MarkView(
                request.kind(),
                new ApplicationName("shop"),
                request.slot(),
                request.ref() == null ? null : Digest.parse(request.ref()),
                request.reason(),
                by.name(),
                views.now,
                SampleViews.digest("mark"));
        marks.removeIf(m -> m.kind() == set.kind());
        if (!request.end()) {
            marks.add(set);
        }
        return set;
    }

    @Override
    public List<MarkView> marks(ApplicationName application) {
        return marks;
    }

    @Override
    public PromotionView rollBack(RollbackRequest request, Actor by) {
        decided.add(by.name() + " rolled " + request.slot() + " back to " + request.to() + " because " + request.why());
        return views.promotion("deploying", typed);
    }
}
