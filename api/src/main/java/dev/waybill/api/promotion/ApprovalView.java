package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Approval;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A person's decision; {@code counts} is false when it is void, and {@code note} says why. */
public record ApprovalView(
        ActorName by,
        Approval.Decision decision,
        @Nullable String reason,
        Instant at,
        boolean counts,
        @Nullable String note,
        Digest statement) {}
