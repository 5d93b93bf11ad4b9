package dev.waybill.server.ui;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.server.identity.Actor;

/** What people decide on pages. The room of promotions does it; whether they may is checked before, by the same permits. */
public interface Desk {
    /** {@code PROMOTION_UNKNOWN} when there is none. */
    PromotionView promotion(String id);

    PromotionView decide(String id, ApprovalRequest request, Actor by);

    ReleaseView rollBack(RollbackRequest request, Actor by);
}
