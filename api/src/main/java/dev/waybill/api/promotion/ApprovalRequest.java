package dev.waybill.api.promotion;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Approval;
import org.jspecify.annotations.Nullable;

/** Approve or reject. {@code covers} is what the person saw; a promotion that changed meanwhile refuses it. */
public record ApprovalRequest(
        Approval.Decision decision,
        @Nullable String reason,
        @Nullable Digest covers) {}
