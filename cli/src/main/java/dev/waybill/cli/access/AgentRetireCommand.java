package dev.waybill.cli.access;

import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.api.deploy.RetirementView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill agent retire}. */
@Command(
        name = "retire",
        description = {
            "End an agent: its key, tokens and targets count no more, and no release waits for it.",
            "What it started goes on running. Its name may be invited again, for another key."
        })
@SuppressWarnings("NullAway.Init")
public final class AgentRetireCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "The agent's name, as `waybill agent list` shows it.")
    private AgentName agent;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "Why; it stands in the ledger.")
    private String why;

    public AgentRetireCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        RetirementView left = session.client().deploy().retire(agent, new RetirementRequest(why));
        String slots = left.slots().stream().map(Slot::toString).collect(Collectors.joining(" "));
        session.answer(left, () -> left.statement() + "\n");
        session.closing(
                "The agent " + agent + " was retired " + session.terminal().age(left.at())
                        + "; nothing waits for it in " + slots + ".",
                "waybill running " + left.slots().getFirst());
        return Exit.DONE;
    }
}
