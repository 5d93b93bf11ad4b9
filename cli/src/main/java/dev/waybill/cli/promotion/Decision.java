package dev.waybill.cli.promotion;

import dev.waybill.api.client.PromotionCalls;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.predicate.Approval;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A person's yes or no to a promotion: to what this command read just now, not to what it may become meanwhile. */
record Decision(Approval.Decision says, @Nullable String reason) {
    int about(String id, Session session) throws IOException {
        PromotionCalls promotions = session.client().promotions();
        PromotionView seen = promotions.promotion(id);
        PromotionView after = promotions.decide(seen.id(), new ApprovalRequest(says, reason, seen.covers()));
        session.answer(after, () -> PromotionText.of(session, after));
        session.closing(
                word() + " " + after.artifact().shortHex() + " for " + after.slot() + "; it is now " + after.state()
                        + ".",
                "waybill status " + after.id());
        return Exit.DONE;
    }

    private String word() {
        String name = says.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
