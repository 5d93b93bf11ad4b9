package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A promotion as it stands. {@code state} is one of waiting, refused, passed, deploying, succeeded, failed, returned, withdrawn; {@code next} says what moves it and who. */
public record PromotionView(
        String id,
        Slot slot,
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        String state,
        String next,
        List<GateView> gates,
        List<ApprovalView> approvals,
        @Nullable Digest covers,
        long configurationVersion,
        @Nullable ReleaseId release,
        @Nullable Digest summary,
        ActorName requestedBy,
        Instant requestedAt,
        @Nullable Instant decidedAt,
        long sequence) {
    /** A sentence about this promotion whose commands name the artifact as people do, not by its whole digest. */
    public String named(String sentence) {
        String name = slot.application() + "@" + commit.value().substring(0, 12);
        return sentence.replace("waybill promote " + artifact, "waybill promote " + name)
                .replace("waybill test " + artifact, "waybill test " + name);
    }
}
