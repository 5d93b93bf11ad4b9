package dev.waybill.server.ui;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.promotion.PromotionRoom;
import java.util.List;
import java.util.Optional;

/** What people decide on pages. The room of promotions does it; whether they may is checked before, by the same permits. */
public interface Desk {
    /** {@code PROMOTION_UNKNOWN} when there is none. */
    PromotionView promotion(String id);

    /** Why this person's approval would be refused; empty if it would not be. */
    Optional<Problem> whyNotApprove(String id, Actor by);

    PromotionView decide(String id, ApprovalRequest request, Actor by);

    /** The promotion as its gates judge it at once. */
    PromotionView promote(PromotionRequest request, Actor by);

    /** Sets or ends a hold or a veto; {@code MARK_UNKNOWN} when there is none to end. */
    MarkView mark(MarkRequest request, Actor by);

    /** Marks in force, oldest first. */
    List<MarkView> marks(ApplicationName application);

    /** The promotion that brings the release back; it may be refused by a veto. */
    PromotionView rollBack(RollbackRequest request, Actor by);

    static Desk of(PromotionRoom room) {
        return new Desk() {
            @Override
            public PromotionView promotion(String id) {
                return room.look(id);
            }

            @Override
            public Optional<Problem> whyNotApprove(String id, Actor by) {
                return room.whyNotApprove(id, by);
            }

            @Override
            public PromotionView decide(String id, ApprovalRequest request, Actor by) {
                return room.decide(id, request, by);
            }

            @Override
            public PromotionView promote(PromotionRequest request, Actor by) {
                return room.promote(request, by);
            }

            @Override
            public MarkView mark(MarkRequest request, Actor by) {
                return room.mark(request, by.name());
            }

            @Override
            public List<MarkView> marks(ApplicationName application) {
                return room.standing(application);
            }

            @Override
            public PromotionView rollBack(RollbackRequest request, Actor by) {
                return room.rollBack(request, by);
            }
        };
    }
}
