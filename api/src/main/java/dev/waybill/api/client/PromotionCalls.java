package dev.waybill.api.client;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Pipelines, promotions, approvals, marks, releases and rollbacks. */
public record PromotionCalls(Connection connection) {
    private static final String PROMOTIONS = "/api/v1/promotions";
    private static final String MARKS = "/api/v1/marks";
    private static final String RELEASES = "/api/v1/releases";

    /** @param dryRun only expand and check; version 0 comes back when nothing was ever applied */
    public PipelineView apply(ApplicationName application, JsonNode pipeline, boolean dryRun) {
        String path = pipelinePath(application)
                .query("dryRun", dryRun ? "true" : null)
                .toString();
        return connection.send("PUT", path, pipeline, PipelineView.class);
    }

    public PipelineView pipeline(ApplicationName application) {
        return connection.get(pipelinePath(application).toString(), PipelineView.class);
    }

    public PromotionView promote(PromotionRequest request) {
        return connection.send("POST", PROMOTIONS, request, PromotionView.class);
    }

    public PromotionView promotion(String id) {
        return connection.get(Paths.at(PROMOTIONS).with(id).toString(), PromotionView.class);
    }

    /** Waits until the promotion has moved on from {@code after}, or the time is over. */
    public PromotionView promotion(String id, long after, Duration wait) {
        String path = Paths.at(PROMOTIONS)
                .with(id)
                .query("after", after)
                .waiting(wait)
                .toString();
        return connection.get(path, PromotionView.class, wait);
    }

    /** @param slot null for all */
    public List<PromotionView> promotions(@Nullable Slot slot, boolean open) {
        String path = Paths.at(PROMOTIONS)
                .query("slot", slot)
                .query("open", open ? "true" : null)
                .toString();
        return connection.list(path, PromotionView.class);
    }

    public PromotionView decide(String id, ApprovalRequest request) {
        String path = Paths.at(PROMOTIONS).with(id).with("decision").toString();
        return connection.send("POST", path, request, PromotionView.class);
    }

    public MarkView mark(MarkRequest request) {
        return connection.send("POST", MARKS, request, MarkView.class);
    }

    public List<MarkView> marks(ApplicationName application) {
        return connection.list(Paths.at(MARKS).query("application", application).toString(), MarkView.class);
    }

    public ReleaseView rollback(RollbackRequest request) {
        return connection.send("POST", "/api/v1/rollbacks", request, ReleaseView.class);
    }

    public List<ReleaseView> releases(Slot slot) {
        return connection.list(releasePath(slot).toString(), ReleaseView.class);
    }

    public ReleaseView release(ReleaseId id) {
        return connection.get(releasePath(id.slot()).with(id.number()).toString(), ReleaseView.class);
    }

    private static Paths pipelinePath(ApplicationName application) {
        return Paths.at("/api/v1/applications").with(application).with("pipeline");
    }

    private static Paths releasePath(Slot slot) {
        return Paths.at(RELEASES).with(slot.environment()).with(slot.application());
    }
}
