package dev.waybill.server.agent;

import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Enrolled;
import dev.waybill.api.deploy.InvitationMade;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.db.Database;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.ledger.Ledger;
import java.io.IOException;
import java.util.Objects;

/** How agents come and go, over HTTP. */
public final class AgentHandler {
    /** A key and the names of a host's targets; in bytes. */
    private static final int MAX_ENROLMENT = 64 * 1024;

    private final Database database;
    private final Ledger ledger;
    private final Agents agents;
    private final Retirement retirement;

    public AgentHandler(Database database, Ledger ledger, Agents agents, Retirement retirement) {
        this.database = database;
        this.ledger = ledger;
        this.agents = agents;
        this.retirement = retirement;
    }

    public void addTo(Routes routes) {
        routes.post("/api/v1/agents/invitations", Permit.need(Permission.ADMINISTER), this::invite);
        routes.post("/api/v1/agents", Permit.anyone(), this::enrol);
        routes.post("/api/v1/agents/{agent}/retirement", Permit.need(Permission.ADMINISTER), this::retire);
    }

    private void invite(Call call) throws IOException {
        InvitationRequest request = call.body(InvitationRequest.class);
        call.json(201, new InvitationMade(request.agent(), agents.invite(request)));
    }

    private void enrol(Call call) throws IOException {
        String header = Objects.requireNonNullElse(call.context().header("Authorization"), "");
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new Problem.Unauthenticated(
                            "UNAUTHENTICATED",
                            "Enrolling an agent",
                            "the one-time token is missing.",
                            "Send it as Authorization: Bearer.")
                    .exception();
        }
        Agents.Made made = agents.enrol(header.substring(7).strip(), call.body(EnrolRequest.class, MAX_ENROLMENT));
        byte[] trust = database.read(ledger.register()::trustRoot).write();
        call.json(
                201,
                new Enrolled(
                        made.agent().name(),
                        made.token(),
                        ledger.keys().origin(),
                        Json.parse(trust),
                        made.agent().slots()));
    }

    private void retire(Call call) throws IOException {
        call.json(retirement.retire(
                call.path("agent", AgentName::new),
                call.body(RetirementRequest.class),
                call.someone().name()));
    }
}
