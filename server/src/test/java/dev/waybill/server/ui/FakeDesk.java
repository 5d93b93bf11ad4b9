package dev.waybill.server.ui;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.predicate.Approval;
import dev.waybill.server.identity.Actor;
import java.util.ArrayList;
import java.util.List;

/** Remembers what was decided. */
final class FakeDesk implements Desk {
    final List<String> decided = new ArrayList<>();
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
    public PromotionView decide(String id, ApprovalRequest request, Actor by) {
        String verb = request.decision() == Approval.Decision.APPROVED ? "approved" : "rejected";
        decided.add(by.name() + " " + verb + " " + id + " because " + request.reason() + " seeing " + request.covers());
        return promotion(id);
    }

    @Override
    public PromotionView rollBack(RollbackRequest request, Actor by) {
        decided.add(by.name() + " rolled " + request.slot() + " back to " + request.to() + " because " + request.why());
        return views.promotion("deploying", typed);
    }
}
