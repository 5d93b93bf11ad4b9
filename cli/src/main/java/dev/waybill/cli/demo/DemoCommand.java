package dev.waybill.cli.demo;

import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Style;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code waybill demo}. */
@Command(name = "demo", description = "Tell the whole story on this machine, with real parts.")
@SuppressWarnings("NullAway.Init")
public final class DemoCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--exit", description = "End after the last chapter instead of leaving the pages up.")
    private boolean exit;

    public DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Demo demo = new Demo(session.out(), session.style() != Style.PLAIN);
        return demo.tell(path("WAYBILL_HOME"), path("WAYBILL_COMMAND"), exit);
    }

    private Path path(String variable) {
        String value = session.environment().get(variable);
        if (value == null) {
            throw new Problem.Malformed(
                            "DEMO_HOME",
                            "Starting the demo",
                            variable + " does not say where Waybill stands.",
                            "Run the demo through the launcher: ./waybill demo.")
                    .exception();
        }
        return Path.of(value);
    }
}
