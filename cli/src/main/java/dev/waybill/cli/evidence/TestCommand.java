package dev.waybill.cli.evidence;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.cli.Session;
import dev.waybill.cli.artifact.Fetch;
import dev.waybill.cli.build.CleanEnvironment;
import dev.waybill.cli.build.Workspace;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code waybill test}: runs a command on exactly these bytes, fetched into a clean folder, or against a target whose
 * agent signs before and after the run that the same process runs them.
 */
@Command(name = "test", description = "Run a test on exactly these bytes and attest the outcome.")
@SuppressWarnings("NullAway.Init")
public final class TestCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Parameters(index = "1..*", paramLabel = "-- CMD", description = "The command and its arguments, after --.")
    private List<String> command = List.of();

    @Option(
            names = "--suite",
            required = true,
            paramLabel = "NAME",
            description = "The suite's name, as gates ask for it.")
    private String suite;

    @Option(names = "--target", paramLabel = "ENV/APP", description = "Run against what is running there.")
    private @Nullable Slot target;

    @Option(
            names = "--reports",
            paramLabel = "GLOB",
            description = "JUnit reports that the command leaves; without them the exit code decides.")
    private List<String> reports = List.of();

    @Option(
            names = "--env",
            paramLabel = "NAME",
            description = "Let a variable through to the command; may be repeated.")
    private List<String> variables = List.of();

    @Option(names = "--timeout", paramLabel = "MINUTES", description = "Stop the command after so long (default: 360).")
    private long timeout = 360;

    public TestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        requireCommand();
        WaybillClient client = session.client();
        Resolved resolved = client.artifacts().resolve(ref);
        session.note(ref + " is " + resolved.digest());
        BeforeRun first = new BeforeRun(client, resolved.application());
        first.mayAttest(suite);
        first.unasked(suite, target).forEach(session::note);
        try (Workspace folder = Workspace.empty();
                Progress progress = session.progress()) {
            Observed before = target == null ? null : Observed.now(client, target, resolved.digest());
            if (before == null) {
                new Fetch(client.registry(), progress)
                        .into(resolved.application(), resolved.digest(), folder.directory());
            }
            progress.clear();
            TestRun run = new TestRun(
                    session,
                    before == null ? folder.directory() : session.directory(),
                    new Span(Duration.ofMinutes(timeout)).length());
            TestResult.Run ran = run.run(command, environment(resolved, folder.directory()));
            TestResult.Target bound = before == null || target == null
                    ? null
                    : before.confirmedBy(Observed.now(client, target, resolved.digest()), target);
            ReportFiles files = ReportFiles.matching(run.directory(), reports);
            EvidenceInfo evidence = client.evidence()
                    .test(new TestRequest(
                            resolved.application(),
                            resolved.digest(),
                            suite,
                            bound == null ? TestResult.Binding.FETCHED : TestResult.Binding.OBSERVED,
                            ran,
                            files.push(client.registry(), resolved.application()),
                            bound));
            return EvidenceText.ending(session, resolved, evidence, suite);
        }
    }

    private void requireCommand() {
        if (command.isEmpty()) {
            throw new Problem.Malformed(
                            "COMMAND_MISSING",
                            "Running suite " + suite,
                            "there is no command to run.",
                            "Write it after --, for example: waybill test " + ref + " --suite " + suite
                                    + " -- ./acceptance.sh")
                    .exception();
        }
    }

    private CleanEnvironment environment(Resolved resolved, Path folder) {
        CleanEnvironment environment = new CleanEnvironment(session.environment(), variables)
                .with("WAYBILL_DIGEST", resolved.digest().toString())
                .with("WAYBILL_COMMIT", resolved.commit().value())
                .with("WAYBILL_APPLICATION", resolved.application().value());
        return target == null
                ? environment.with("WAYBILL_FILES", folder.toString())
                : environment.with("WAYBILL_TARGET", target.toString());
    }
}
