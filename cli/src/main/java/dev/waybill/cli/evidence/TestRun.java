package dev.waybill.cli.evidence;

import dev.waybill.cli.Session;
import dev.waybill.cli.build.CleanEnvironment;
import dev.waybill.cli.build.ShellRun;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.ResourceDescriptor;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** One run of a test's command in a directory, with the facts that the statement needs. */
final class TestRun {
    private final Session session;
    private final Path directory;
    private final Duration within;

    TestRun(Session session, Path directory, Duration within) {
        this.session = session;
        this.directory = directory;
        this.within = within;
    }

    Path directory() {
        return directory;
    }

    /** A failing command is a result, not a problem; one that cannot be started is. */
    TestResult.Run run(List<String> command, CleanEnvironment environment) throws IOException {
        Instant started = session.terminal().clock().instant();
        ShellRun.Ended ended = start(command, environment);
        return new TestResult.Run(
                UUID.randomUUID().toString(),
                String.join(" ", command),
                ended.exitCode(),
                started,
                session.terminal().clock().instant(),
                session.client().identity().whoAmI().actor(),
                List.of(machine()));
    }

    private ShellRun.Ended start(List<String> command, CleanEnvironment environment) {
        try {
            return new ShellRun(directory, environment.all(), session::pass, within).run(program(command));
        } catch (IOException e) {
            throw new Problem.Malformed(
                            "COMMAND_UNKNOWN",
                            "Running `" + String.join(" ", command) + "`",
                            "it cannot be started (" + e.getMessage() + "); nothing was attested.",
                            "Check the path, and that it is executable.")
                    .exception();
        }
    }

    /** A program named by a relative path is meant from where the person stands. */
    private List<String> program(List<String> command) {
        String first = command.getFirst();
        Path named = session.path(Path.of(first));
        if (!first.contains("/") || !Files.isRegularFile(named)) {
            return command;
        }
        List<String> absolute = new ArrayList<>(command);
        absolute.set(0, named.toString());
        return absolute;
    }

    private static ResourceDescriptor machine() {
        Map<String, Object> facts = Map.of(
                "os", System.getProperty("os.name"),
                "architecture", System.getProperty("os.arch"),
                "java", System.getProperty("java.version"));
        return new ResourceDescriptor(
                "machine",
                null,
                Map.of("sha256", Digest.sha256(Json.write(facts)).hex()),
                null,
                facts);
    }
}
