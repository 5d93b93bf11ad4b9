package dev.waybill.core.promotion;

import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.History;
import dev.waybill.core.policy.Policy;
import java.time.Instant;

/**
 * Somebody brings a kept release back. It goes through the same states as a promotion and becomes release n+1, but its
 * evaluation asks only what {@link Policy#rollback} asks.
 *
 * @param to the release to bring back
 * @param why the reason, which is required
 */
public record Rollback(ReleaseId to, String why) {
    /** @param history of the release's digest, with the release's own configuration version as the current one */
    public Evaluation evaluate(History history, Instant now) {
        return Policy.rollback(history, to, why, now);
    }
}
