package dev.waybill.server.openapi;

import dev.waybill.api.deploy.AgentView;
import dev.waybill.api.deploy.ClaimRequest;
import dev.waybill.api.deploy.ClaimView;
import dev.waybill.api.deploy.DesiredState;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.InvitationMade;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.ObservationView;
import dev.waybill.api.deploy.ReportAnswer;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.api.deploy.RetirementView;
import dev.waybill.api.insight.BoardView;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.HistoryView;
import dev.waybill.api.insight.RunningView;
import dev.waybill.api.insight.TraceView;
import dev.waybill.api.insight.WaybillView;
import dev.waybill.api.insight.WhyView;
import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import tools.jackson.databind.JsonNode;

/** The routes from the pipeline to what runs. */
final class DeliveryOperations {
    private static final String SLOT = "/{environment}/{application}";
    private static final String DEEP_SLOT = "/{environment}/<application>";
    private static final String PIPELINE = Operations.APPLICATION + "{application}/pipeline";
    private static final String CONFIGURATION = "/api/v1/configuration" + SLOT;
    private static final String WAIT = "Seconds to wait for news, at most 60";

    private DeliveryOperations() {}

    static void addTo(Operations to) {
        pipelines(to);
        promotions(to);
        releases(to);
        agents(to);
        insight(to);
    }

    private static void pipelines(Operations to) {
        to.add("PUT", PIPELINE, "pipelines", "Apply a pipeline")
                .query("dryRun", Boolean.class, "true answers what would be applied and applies nothing")
                .takes(JsonNode.class)
                .answers(PipelineView.class, "In its full form; schema of the body: docs/schema/waybill.schema.json")
                .refuses(409, "PIPELINE_CHANGED");
        to.get(PIPELINE, "pipelines", "The pipeline in force")
                .answers(PipelineView.class, "In its full form")
                .refuses(404, "PIPELINE_UNKNOWN");
        to.add("PUT", CONFIGURATION, "configuration", "Change a slot's configuration")
                .takes(ConfigurationChange.class)
                .answers(ConfigurationView.class, "The new version, secrets without value")
                .refuses(404, "SLOT_UNKNOWN: the pipeline has no such environment")
                .refuses(409, "CONFIGURATION_CHANGED");
        to.get(CONFIGURATION, "configuration", "A slot's configuration")
                .query("version", Long.class, "The newest when left out")
                .answers(ConfigurationView.class, "Secrets come without value")
                .refuses(404, "CONFIGURATION_UNKNOWN");
        to.get(CONFIGURATION + "/versions", "configuration", "All versions of a slot's configuration")
                .lists(ConfigurationView.class, "Secrets come without value");
    }

    private static void promotions(Operations to) {
        to.post("/api/v1/promotions", "promotions", "Ask for a promotion")
                .takes(PromotionRequest.class)
                .answers(PromotionView.class, "As it stands now: waiting, passed or refused")
                .refuses(404, "The reference, the pipeline or the environment is unknown")
                .refuses(409, "PROMOTION_BUSY")
                .refuses(422, "ARTIFACT_VETOED: vetoed since it was brought there");
        to.get("/api/v1/promotions", "promotions", "Promotions that the caller may read")
                .query("slot", Slot.class, "Only of this slot")
                .query("open", Boolean.class, "true leaves out what is decided")
                .lists(PromotionView.class, "At most 200");
        to.get("/api/v1/promotions/{id}", "promotions", "One promotion")
                .query("after", Long.class, "Wait until its sequence is larger")
                .query("wait", Long.class, WAIT)
                .answers(PromotionView.class, "As it stands now; the first six digits of the id or more are enough")
                .refuses(400, "PROMOTION_AMBIGUOUS: several ids begin so")
                .refuses(404, "PROMOTION_UNKNOWN");
        to.post("/api/v1/promotions/{id}/decision", "promotions", "Approve or reject")
                .takes(ApprovalRequest.class)
                .answers(PromotionView.class, "As it stands with the decision")
                .refuses(400, "APPROVAL_COVERS_MISSING: send the covers of the promotion that was looked at")
                .refuses(404, "PROMOTION_UNKNOWN")
                .refuses(409, "APPROVAL_STALE, ALREADY_DECIDED, PROMOTION_NOT_WAITING")
                .refuses(422, "APPROVER_IS_AUTHOR, APPROVER_UNKNOWN and others: this person may not decide here");
        to.post("/api/v1/marks", "promotions", "Hold, pin or veto, or end that")
                .takes(MarkRequest.class)
                .answers(MarkView.class, "The mark")
                .refuses(404, "MARK_UNKNOWN, SLOT_UNKNOWN or an unknown reference");
        to.get("/api/v1/marks", "promotions", "Marks in force")
                .query("application", ApplicationName.class, "Only of this application")
                .lists(MarkView.class, "Oldest first");
    }

    private static void releases(Operations to) {
        String releases = "/api/v1/releases" + SLOT;
        to.get(releases, "releases", "A slot's releases").lists(ReleaseView.class, "At most 500");
        to.get(releases + "/{number}", "releases", "One release")
                .answers(ReleaseView.class, "It never changes, but for the outcome of its deployment")
                .refuses(404, "RELEASE_UNKNOWN");
        to.post("/api/v1/rollbacks", "releases", "Bring an earlier release back")
                .takes(RollbackRequest.class)
                .answers(ReleaseView.class, "The new release that refers to the old one")
                .refuses(404, "ROLLBACK_NOTHING, RELEASE_UNKNOWN")
                .refuses(409, "ROLLBACK_SUPERSEDED")
                .refuses(422, "ROLLBACK_REFUSED");
    }

    private static void agents(Operations to) {
        to.post("/api/v1/agents/invitations", "agents", "Invite an agent")
                .takes(InvitationRequest.class)
                .answers(201, InvitationMade.class, "The one-time token, shown once");
        to.post("/api/v1/agents", "agents", "Enrol with a one-time token, sent as Authorization: Bearer")
                .takes(EnrolRequest.class)
                .answers(201, Enrolled.class, "The agent's token and whom it may trust")
                .refuses(401, "UNAUTHENTICATED, TOKEN_SPENT")
                .refuses(403, "SCOPE_MISMATCH, AGENT_NAME_DIFFERS")
                .refuses(422, "AGENT_KNOWN, KEY_TAKEN, KEY_RETIRED");
        to.post("/api/v1/agents/{agent}/retirement", "agents", "End an agent: key, tokens and targets count no more")
                .takes(RetirementRequest.class)
                .answers(RetirementView.class, "The statement in the ledger; the same when it was retired before")
                .refuses(400, "RETIREMENT_INVALID")
                .refuses(404, "AGENT_NAME_UNKNOWN");
        to.get("/api/v1/agents", "agents", "All agents").lists(AgentView.class, "And whether they are silent");
        to.get("/api/v1/agent/desired", "agents", "What shall run in the calling agent's slots")
                .query("after", Long.class, "Wait until the sequence is larger than that of the last answer")
                .query("wait", Long.class, WAIT)
                .answers(DesiredState.class, "All its slots, with their configuration in clear");
        to.get(
                        "/api/v1/agent/releases/{environment}/{application}/{number}",
                        "agents",
                        "A release of one of the calling agent's slots")
                .sends("application/vnd.dev.sigstore.bundle.v0.3+json", "Its statement with the inclusion proof")
                .refuses(403, "SCOPE_MISMATCH")
                .refuses(404, "RELEASE_UNKNOWN");
        to.post("/api/v1/agent/reports", "agents", "Statements that the calling agent signed")
                .takes(ReportRequest.class)
                .answers(ReportAnswer.class, "Where they stand in the ledger")
                .refuses(409, "CHAIN_BROKEN");
        to.post("/api/v1/agent/heartbeats", "agents", "Say that the agent is alive and what it saw last")
                .takes(Heartbeat.class)
                .says(204);
        to.post("/api/v1/deployments", "agents", "Record a deployment that another tool made")
                .takes(ClaimRequest.class)
                .answers(201, ClaimView.class, "Logged, and shown as claimed until an observation confirms it")
                .refuses(404, "SLOT_UNKNOWN, or the reference is unknown");
        to.get("/api/v1/observations" + SLOT, "agents", "What is seen to run in a slot")
                .query("fresh", Boolean.class, "true asks the agents to look again, and waits for that")
                .query("wait", Long.class, WAIT)
                .lists(ObservationView.class, "The latest of each target");
    }

    private static void insight(Operations to) {
        String nothing = "SLOT_UNKNOWN";
        to.get("/api/v1/running", "insight", "What is approved, commanded and observed")
                .query("slot", Slot.class, "Only this one")
                .lists(RunningView.class, "Each slot that the caller may read")
                .refuses(404, nothing);
        to.get("/api/v1/why" + DEEP_SLOT, "insight", "How one knows that what runs is what was tested")
                .answers(WhyView.class, "From the observed digest back to the commit")
                .refuses(404, nothing);
        to.get("/api/v1/proof" + DEEP_SLOT, "insight", "The same walk as one file for waybill verify")
                .answers(Schemas.named("dev.waybill.server.insight.Proof"), "Verifies offline")
                .refuses(404, nothing + ", NOTHING_RELEASED");
        to.get("/api/v1/trace", "insight", "Where something came from and where it went")
                .must("q", String.class, "A digest, a commit, APP:VERSION, ENV/APP or the sha256 of a file")
                .answers(TraceView.class, "One artifact's route")
                .refuses(404, "NOTHING_FOUND");
        to.get("/api/v1/diff", "insight", "What differs between two artifacts or releases")
                .must("a", String.class, "A reference")
                .must("b", String.class, "Another reference")
                .answers(DiffView.class, "Commits, configuration keys, files and evidence")
                .refuses(404, "A reference is unknown");
        to.get("/api/v1/history" + DEEP_SLOT, "insight", "Releases of a slot with the time that each served")
                .answers(HistoryView.class, "Newest first")
                .refuses(404, nothing);
        to.get("/api/v1/board", "insight", "Applications by environments")
                .query("q", String.class, "Only applications whose name holds this")
                .query("page", Integer.class, "From 1")
                .answers(BoardView.class, "A page of rows, and how many there are");
        to.get("/api/v1/artifacts/{digest}", "insight", "Everything known about an artifact")
                .answers(WaybillView.class, "Its waybill")
                .refuses(404, "ARTIFACT_UNKNOWN");
    }
}
