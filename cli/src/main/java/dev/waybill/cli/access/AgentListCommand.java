package dev.waybill.cli.access;

import dev.waybill.api.deploy.AgentView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.name.Slot;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code waybill agent list}. */
@Command(name = "list", description = "List agents and when each was last heard.")
public final class AgentListCommand implements Callable<Integer> {
    private final Session session;

    public AgentListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        List<AgentView> agents = session.client().deploy().agents();
        session.answer(agents, () -> {
            Table table = new Table(session.style(), "AGENT", "SLOTS", "ENROLLED", "LAST HEARD", "STATE");
            for (AgentView agent : agents) {
                table.row(
                        agent.agent(),
                        agent.slots().stream().map(Slot::toString).collect(Collectors.joining(", ")),
                        session.terminal().age(agent.enrolledAt()),
                        agent.lastHeard() == null ? "never" : session.terminal().age(agent.lastHeard()),
                        agent.silent() ? session.style().warn("silent") : "heard");
            }
            return table.toString();
        });
        session.closing(Count.of(agents.size(), "agent") + ".", "waybill running");
        return Exit.DONE;
    }
}
