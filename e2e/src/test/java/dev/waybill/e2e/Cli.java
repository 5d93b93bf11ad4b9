package dev.waybill.e2e;

import dev.waybill.cli.Main;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Somebody at their desk: who they are, where they stand, what they type. */
record Cli(Path directory, Map<String, String> environment) {
    Cli {
        environment = Map.copyOf(environment);
    }

    Cli in(Path other) {
        return new Cli(other, environment);
    }

    Cli with(String name, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(name, value);
        return new Cli(directory, more);
    }

    /** Runs a command inside this process. */
    Ran run(String... arguments) {
        return type("", arguments);
    }

    Ran json(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--output", "json"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    /** The same with something on standard input. */
    Ran type(String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        Session session = new Session(
                Terminal.plain(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        Clock.systemUTC()),
                all,
                directory.toAbsolutePath(),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        int exit = Main.run(session, List.of(arguments));
        return new Ran(
                String.join(" ", arguments),
                exit,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    /** Starts a command as a process. */
    LiveProcess start(String name, String... arguments) {
        return LiveProcess.start(name, directory, environment, LiveProcess.waybill(arguments));
    }
}
