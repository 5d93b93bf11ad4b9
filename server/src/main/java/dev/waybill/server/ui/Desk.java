package dev.waybill.server.ui;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.promotion.PromotionRoom;

/** What people decide on pages. The room of promotions does it; whether they may is checked before, by the same permits. */
public interface Desk {
    /** {@code PROMOTION_UNKNOWN} when there is none. */
    PromotionView promotion(String id);

    PromotionView decide(String id, ApprovalRequest request, Actor by);

    /** The promotion that brings the release back; it may be refused by a veto. */
    PromotionView rollBack(RollbackRequest request, Actor by);

    static Desk of(PromotionRoom room) {
        return new Desk() {
            @Override
            public PromotionView promotion(String id) {
                return room.look(id);
            }

            @Override
            public PromotionView decide(String id, ApprovalRequest request, Actor by) {
                return room.decide(id, request, by);
            }

            @Override
            public PromotionView rollBack(RollbackRequest request, Actor by) {
                return room.rollBack(request, by);
            }
        };
    }
}
