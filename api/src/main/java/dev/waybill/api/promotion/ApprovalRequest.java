package dev.waybill.api.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Approval;
import org.jspecify.annotations.Nullable;

/** Approve or reject. {@code covers} is what the person saw: the promotion's own member of that name. Without it the request is refused, and so it is when the promotion has changed meanwhile. */
public record ApprovalRequest(
        Approval.Decision decision,
        @Nullable String reason,
        @Nullable Digest covers) {}
