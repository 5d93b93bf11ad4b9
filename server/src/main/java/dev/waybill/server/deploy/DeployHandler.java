package dev.waybill.server.deploy;

import dev.waybill.api.deploy.AgentView;
import dev.waybill.api.deploy.ClaimRequest;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.ObservationView;
import dev.waybill.api.deploy.ReportAnswer;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.agent.AgentRow;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.Scope;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What agents ask for and say, and what is known from them, over HTTP. */
public final class DeployHandler {
    private final Agents agents;
    private final DesiredReleases desired;
    private final Reports reports;
    private final Targets targets;
    private final Claims claims;

    /** What the room is made of. */
    public record Room(Agents agents, DesiredReleases desired, Reports reports, Targets targets, Claims claims) {}

    public DeployHandler(Room room) {
        this.agents = room.agents();
        this.desired = room.desired();
        this.reports = room.reports();
        this.targets = room.targets();
        this.claims = room.claims();
    }

    public void addTo(Routes routes) {
        Permit deploy = Permit.needScopedByHandler(Permission.DEPLOY);
        routes.get("/api/v1/agents", Permit.needScopedByHandler(Permission.READ), this::list);
        routes.get("/api/v1/agent/desired", deploy, this::desired);
        routes.get("/api/v1/agent/releases/{environment}/{application}/{number}", deploy, this::link);
        routes.post("/api/v1/agent/reports", deploy, this::report);
        routes.post("/api/v1/agent/heartbeats", deploy, this::heartbeat);
        routes.post("/api/v1/deployments", Permit.needScopedByHandler(Permission.PROMOTE), this::claim);
        routes.get(
                "/api/v1/observations/{environment}/{application}",
                Permit.needForSlot(Permission.READ),
                this::observations);
    }

    /** What another tool deployed, as somebody says. */
    private void claim(Call call) throws IOException {
        ClaimRequest request = call.body(ClaimRequest.class);
        Actor actor = call.require(Permission.PROMOTE, Scope.of(request.slot()));
        call.requireName(request.ref());
        call.json(201, claims.record(request, actor.name(), call::mayRead));
    }

    private static boolean mayRead(Call call, Slot slot) {
        return Permissions.allows(call.actor().orElse(null), Permission.READ, Scope.of(slot));
    }

    /** Agents of slots that the caller may read, as far as they are in those. */
    private void list(Call call) {
        List<TargetState> states = targets.states(null);
        List<AgentView> views = new ArrayList<>();
        for (AgentRow agent : agents.all()) {
            List<Slot> slots =
                    agent.slots().stream().filter(s -> mayRead(call, s)).toList();
            if (slots.isEmpty()) {
                continue;
            }
            List<TargetState> own = states.stream()
                    .filter(s -> s.agent().equals(agent.name()) && mayRead(call, s.slot()))
                    .toList();
            Map<Slot, String> names = new TreeMap<>();
            own.forEach(s -> names.put(s.slot(), s.target()));
            Instant heard = own.stream()
                    .map(TargetState::lastSeen)
                    .filter(Objects::nonNull)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            boolean silent = heard == null || own.stream().allMatch(s -> s.unknownSince() != null);
            views.add(new AgentView(agent.name(), slots, names, agent.enrolledAt(), heard, silent));
        }
        call.json(views);
    }

    private void desired(Call call) {
        long after = call.query("after", DeployHandler::sequence).orElse(-1L);
        call.json(desired.answer(call.someone(), after, call.waitFor()));
    }

    private void link(Call call) {
        ReleaseId id = ReleaseId.parse(slot(call) + "#" + call.path("number", text -> text));
        call.send(200, Bundle.MEDIA_TYPE, desired.link(call.someone(), id));
    }

    private void report(Call call) throws IOException {
        call.json(new ReportAnswer(
                reports.take(call.someone(), call.body(ReportRequest.class).statements())));
    }

    private void heartbeat(Call call) throws IOException {
        reports.heartbeat(call.someone(), call.body(Heartbeat.class));
        call.noContent();
    }

    private void observations(Call call) {
        Slot slot = slot(call);
        boolean fresh = call.query("fresh", Boolean::valueOf).orElse(false);
        List<TargetState> states = fresh ? targets.fresh(slot, call.waitFor()) : targets.states(slot);
        List<ObservationView> views = new ArrayList<>();
        for (TargetState state : states) {
            if (state.observation() != null && state.observationStatement() != null) {
                views.add(new ObservationView(state.observationStatement(), state.observation(), state.unlogged()));
            }
        }
        call.json(views);
    }

    private static Slot slot(Call call) {
        return new Slot(call.path("environment", EnvironmentName::new), call.path("application", ApplicationName::new));
    }

    private static Long sequence(String text) {
        if (!text.matches("-1|0|[1-9][0-9]{0,17}")) {
            throw new Problem.Malformed(
                            "SEQUENCE_INVALID",
                            "Reading the query parameter after",
                            "'" + text + "' is no ledger size.",
                            "Send the sequence of the last answer.")
                    .exception();
        }
        return Long.valueOf(text);
    }
}
