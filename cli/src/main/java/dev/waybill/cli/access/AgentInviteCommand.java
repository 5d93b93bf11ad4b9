package dev.waybill.cli.access;

import dev.waybill.api.deploy.InvitationMade;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill agent invite}. */
@Command(name = "invite", description = "Make a one-time token with which an agent enrols.")
@SuppressWarnings("NullAway.Init")
public final class AgentInviteCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The agent's name.")
    private AgentName agent;

    @Option(
            names = "--slot",
            required = true,
            arity = "1..*",
            paramLabel = "ENV/APP",
            description = "Where it deploys and observes.")
    private List<Slot> slots;

    public AgentInviteCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        InvitationMade made = session.client().deploy().invite(new InvitationRequest(agent, slots));
        session.answer(made, made::token);
        unknown().forEach(session::note);
        session.closing(
                "Invitation for " + agent + ", good once and shown this once.",
                "waybill agent enrol --config agent.yaml --token ... (on its host)");
        return Exit.DONE;
    }

    /** Only told: an agent may be invited before the pipeline is applied. */
    private List<String> unknown() throws IOException {
        List<String> known;
        try {
            known = session.client().insight().running(null).stream()
                    .map(view -> view.slot().toString())
                    .toList();
        } catch (ProblemException e) {
            // The invitation is made; that nobody could look takes nothing from it.
            return List.of();
        }
        return slots.stream()
                .map(Slot::toString)
                .filter(slot -> !known.contains(slot))
                .map(slot -> {
                    List<String> close = Closest.to(slot, known);
                    return "No applied pipeline has " + slot + "; nothing is deployed there until one has."
                            + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?");
                })
                .toList();
    }
}
