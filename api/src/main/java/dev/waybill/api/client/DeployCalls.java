package dev.waybill.api.client;

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
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import java.time.Duration;
import java.util.List;

/** Agents: invitation, enrolment, what shall run, what happened, what runs. */
public record DeployCalls(Connection connection) {
    private static final String AGENTS = "/api/v1/agents";

    public InvitationMade invite(InvitationRequest request) {
        return connection.send("POST", AGENTS + "/invitations", request, InvitationMade.class);
    }

    /** Ends an agent; one that was retired before answers as it did then. */
    public RetirementView retire(AgentName agent, RetirementRequest request) {
        String path = Paths.at(AGENTS).with(agent).with("retirement").toString();
        return connection.send("POST", path, request, RetirementView.class);
    }

    /** @param invitation the one-time token; spent by this call */
    public Enrolled enrol(String invitation, EnrolRequest request) {
        return connection.with(invitation).send("POST", AGENTS, request, Enrolled.class);
    }

    /** Records that another tool deployed something; shown as claimed. */
    public ClaimView claim(ClaimRequest request) {
        return connection.send("POST", "/api/v1/deployments", request, ClaimView.class);
    }

    public List<AgentView> agents() {
        return connection.list(AGENTS, AgentView.class);
    }

    /** Waits until there is news for this agent after ledger size {@code after}, or the time is over. */
    public DesiredState desired(long after, Duration wait) {
        String path = Paths.at("/api/v1/agent/desired")
                .query("after", after)
                .waiting(wait)
                .toString();
        return connection.get(path, DesiredState.class, wait);
    }

    /** A release of one of the calling agent's own slots, as a sigstore bundle with its proof. */
    public byte[] release(ReleaseId release) {
        return connection.bytes(Paths.at("/api/v1/agent/releases")
                .with(release.slot().environment())
                .with(release.slot().application())
                .with(Long.toString(release.number()))
                .toString());
    }

    public ReportAnswer report(ReportRequest request) {
        return connection.send("POST", "/api/v1/agent/reports", request, ReportAnswer.class);
    }

    public void heartbeat(Heartbeat heartbeat) {
        connection.send("POST", "/api/v1/agent/heartbeats", heartbeat);
    }

    /**
     * The latest observation of each target.
     *
     * @param fresh wait for one that was made after this request came in, for at most {@code wait}
     */
    public List<ObservationView> observations(Slot slot, boolean fresh, Duration wait) {
        String path = Paths.at("/api/v1/observations")
                .with(slot.environment())
                .with(slot.application())
                .query("fresh", fresh ? "true" : null)
                .waiting(wait)
                .toString();
        return connection.list(path, ObservationView.class);
    }
}
