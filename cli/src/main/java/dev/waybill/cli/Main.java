package dev.waybill.cli;

import dev.waybill.api.WaybillVersion;
import dev.waybill.cli.terminal.Terminal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** {@code waybill}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println("waybill " + WaybillVersion.TEXT);
            return;
        }
        Map<String, String> environment = System.getenv();
        int exit;
        try (Session session = new Session(
                Terminal.system(environment), environment, Path.of("").toAbsolutePath(), System.in)) {
            exit = run(session, List.of(arguments));
        }
        System.exit(exit);
    }

    /** One command inside this process; returns its exit code. The demo and tests call it with a session of their own. */
    public static int run(Session session, List<String> arguments) {
        if (arguments.equals(List.of("--version"))) {
            session.out().println("waybill " + WaybillVersion.TEXT);
            return Exit.DONE;
        }
        return new Commands(session).execute(arguments);
    }
}
