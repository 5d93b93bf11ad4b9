package dev.waybill.cli.build;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.evidence.ReportFiles;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.ResourceDescriptor;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.Build;
import dev.waybill.core.project.ProjectFile;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/** {@code waybill build}. */
@Command(name = "build", description = "Build the commit once, in a clean checkout, and register the artifact.")
public final class BuildCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dir", paramLabel = "DIR", description = "Where waybill.yaml stands (default: here).")
    private Path directory = Path.of(".");

    @Option(names = "--env", paramLabel = "NAME", description = "Let a variable through to the build; may be repeated.")
    private List<String> variables = List.of();

    @Option(names = "--timeout", paramLabel = "MINUTES", description = "Stop the build after so long (default: 360).")
    private long timeout = 360;

    public BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        try (SourceTree source = SourceTree.at(session.path(directory))) {
            source.requireClean();
            ProjectFile project = project(source);
            Optional<ArtifactInfo> known =
                    session.client().artifacts().ofCommit(project.application(), source.commit());
            if (known.isPresent()) {
                session.answer(known.get(), () -> known.get().digest().toString());
                session.closing(
                        "Commit " + source.commit().value().substring(0, 12)
                                + " has its artifact already; nothing was built.",
                        next(project, source));
                return Exit.DONE;
            }
            return build(source, project);
        }
    }

    private int build(SourceTree source, ProjectFile project) throws IOException {
        Build build = java.util.Objects.requireNonNull(project.build());
        try (Workspace workspace = Workspace.of(source);
                Workspace scratch = Workspace.empty();
                Progress progress = session.progress()) {
            Path checkout = workspace.directory().resolve(source.project());
            progress.say("Building " + source.commit().value().substring(0, 12));
            Capture capture = run(build, source, project, checkout);
            Packed packed = new Packing(scratch.directory())
                    .pack(project, source.commit(), Outputs.declared(checkout, build.outputs()));
            WaybillClient client = session.client();
            packed.push(client.registry(), project.application(), progress);
            ArtifactInfo artifact = client.artifacts().register(request(project, source, packed, capture));
            ReportFiles reports = ReportFiles.matching(checkout, build.tests());
            if (!build.tests().isEmpty()) {
                attest(project, build, artifact, capture, reports);
            }
            progress.clear();
            session.answer(artifact, () -> artifact.digest().toString());
            session.closing(
                    "Built and registered " + project.application() + " "
                            + packed.digest().shortHex() + " ("
                            + Count.of(packed.size(), "byte") + ") from commit "
                            + source.commit().value().substring(0, 12) + ".",
                    next(project, source));
            return Exit.DONE;
        }
    }

    private Capture run(Build build, SourceTree source, ProjectFile project, Path checkout) throws IOException {
        CleanEnvironment environment = new CleanEnvironment(session.environment(), variables)
                .with("SOURCE_DATE_EPOCH", Long.toString(source.time().getEpochSecond()))
                .with("WAYBILL_APPLICATION", project.application().value())
                .with("WAYBILL_COMMIT", source.commit().value());
        ObjectNode fingerprint =
                Fingerprint.of(build, environment, checkout, session.home().fingerprintKey());
        List<ResourceDescriptor> locks = Fingerprint.locks(checkout);
        Instant started = session.terminal().clock().instant();
        ShellRun.Ended ended = new ShellRun(
                        checkout, environment.all(), session::pass, new Span(Duration.ofMinutes(timeout)).length())
                .shell(build.command());
        if (ended.exitCode() != 0) {
            throw new Problem.Refused(
                            "BUILD_FAILED",
                            "Building with `" + build.command() + "`",
                            "the command ended with exit code " + ended.exitCode() + ". Its last lines:\n"
                                    + String.join("\n", ended.last()),
                            "Correct it and commit; nothing was registered.")
                    .exception();
        }
        return new Capture(
                UUID.randomUUID().toString(),
                started,
                session.terminal().clock().instant(),
                fingerprint,
                locks,
                ended);
    }

    private RegistrationRequest request(ProjectFile project, SourceTree source, Packed packed, Capture capture)
            throws IOException {
        List<ArtifactInfo> newest = session.client().artifacts().newest(project.application(), 1);
        CommitId previous = newest.isEmpty() ? null : newest.getFirst().commit();
        return new RegistrationRequest(
                project.application(),
                source.commit(),
                packed.digest(),
                source.url(),
                source.author(),
                source.committer(),
                source.since(previous),
                "build",
                capture.provenance(project, java.util.Objects.requireNonNull(project.build()), source));
    }

    private void attest(ProjectFile project, Build build, ArtifactInfo artifact, Capture capture, ReportFiles reports)
            throws IOException {
        WaybillClient client = session.client();
        TestResult.Run run = new TestResult.Run(
                capture.id(),
                build.command(),
                capture.ended().exitCode(),
                capture.started(),
                capture.finished(),
                client.identity().whoAmI().actor(),
                List.of());
        EvidenceInfo evidence = client.evidence()
                .test(new TestRequest(
                        project.application(),
                        artifact.digest(),
                        "unit",
                        TestResult.Binding.BUILD,
                        run,
                        reports.push(client.registry(), project.application()),
                        null));
        session.note("unit tests: " + evidence.sentence());
    }

    private static ProjectFile project(SourceTree source) throws IOException {
        ProjectFile project = ProjectFile.parse(
                Yaml.parse(new String(source.read("waybill.yaml"), StandardCharsets.UTF_8), "waybill.yaml"));
        if (project.build() == null) {
            throw new Problem.Malformed(
                            "DOCUMENT_INVALID",
                            "Reading waybill.yaml of commit " + source.commit(),
                            "it has no `build`.",
                            "Add `build` with `command` and `outputs`, or build elsewhere and `waybill register`.")
                    .exception();
        }
        return project;
    }

    private static String next(ProjectFile project, SourceTree source) {
        String first = project.pipeline() == null
                ? "ENV"
                : project.pipeline().stages().getFirst().environment().value();
        return "waybill promote " + project.application() + "@"
                + source.commit().value().substring(0, 12) + " --to " + first;
    }
}
