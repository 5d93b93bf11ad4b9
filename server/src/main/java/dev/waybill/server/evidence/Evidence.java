package dev.waybill.server.evidence;

import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.EvidenceRequest;
import dev.waybill.api.evidence.ReportRef;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.DocumentReference;
import dev.waybill.core.predicate.ResourceDescriptor;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.registry.Contents;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Takes evidence in: recounts, checks the binding, signs with the ingest key, logs, keeps the raw files. */
public final class Evidence {
    private final Database database;
    private final Artifacts artifacts;
    private final Ledger ledger;
    private final Keeps keeps;
    private final Reports reports;
    private final Bindings bindings;

    public Evidence(Database database, Artifacts artifacts, Contents contents, Ledger ledger, Keeps keeps) {
        this.database = database;
        this.artifacts = artifacts;
        this.ledger = ledger;
        this.keeps = keeps;
        this.reports = new Reports(contents);
        this.bindings = new Bindings(new Observations(ledger));
    }

    /** A test run. The runner is the actor, whatever the request says. */
    public EvidenceInfo record(TestRequest request, ActorName by) throws IOException {
        requireRun(request);
        Artifact artifact = database.read(tx -> artifacts.require(tx, request.application(), request.artifact()));
        database.change(tx -> bindings.require(tx, request));
        TestResult result = result(request, artifact, by);
        return log(artifact, result, request.reports(), tx -> bindings.require(tx, request), by);
    }

    /** A bill of material, a scan or another document, by reference. */
    public EvidenceInfo record(EvidenceRequest request, ActorName by) throws IOException {
        Artifact artifact = database.read(tx -> artifacts.require(tx, request.application(), request.artifact()));
        if (!request.predicateType().matches("https://[\\x21-\\x7e]{1,500}")) {
            throw new Problem.Malformed(
                            "PREDICATE_TYPE_INVALID",
                            "Attesting a document",
                            "its predicate type is no https URI.",
                            "Send for example https://cyclonedx.org/bom.")
                    .exception();
        }
        ReportRef content = request.content();
        reports.require(request.application(), content);
        DocumentReference reference = new DocumentReference(
                new DocumentReference.Attester("waybill://" + ledger.keys().origin() + "/actor/" + by),
                List.of(new DocumentReference.Document(
                        content.name(),
                        "/v2/" + request.application() + "/blobs/" + content.digest(),
                        Map.of("sha256", content.digest().hex()),
                        content.mediaType())),
                request.predicateType());
        return log(artifact, reference, List.of(content), tx -> {}, by);
    }

    private EvidenceInfo log(
            Artifact artifact, Predicate said, List<ReportRef> files, Database.Action check, ActorName by) {
        Signed signed = ledger.keys()
                .ingest()
                .sign(Statement.of(
                        said,
                        Subject.of(artifact.application().value(), artifact.digest()),
                        Subject.of("commit", artifact.commit())));
        return database.write(tx -> {
            check.in(tx);
            ledger.append(tx, signed);
            for (ReportRef file : files) {
                keeps.keep(tx, file.digest(), new Keeps.Reason("evidence " + signed.id(), by));
            }
            return ledger.find(tx, signed.id())
                    .flatMap(entry -> Shown.of(entry, artifact.digest()))
                    .orElseThrow(() -> new IllegalStateException("An appended statement is not there"));
        });
    }

    private TestResult result(TestRequest request, Artifact artifact, ActorName by) throws IOException {
        TestResult.Run run = request.run();
        Outcomes outcomes = reports.recount(request.application(), request.reports());
        boolean counted = request.reports().stream().anyMatch(Reports::isJunit);
        return new TestResult(
                counted ? outcomes.result(run.exitCode()) : byExitCode(run),
                List.of(ResourceDescriptor.of(
                        "pkg:generic/" + request.suite(),
                        Map.of("sha256", artifact.digest().hex()))),
                outcomes.names(TestCase.Outcome.PASSED),
                outcomes.names(TestCase.Outcome.FLAKY),
                outcomes.names(TestCase.Outcome.FAILED, TestCase.Outcome.ERROR),
                request.suite(),
                Bindings.stated(request, artifact, by),
                new TestResult.Run(
                        run.id(),
                        run.command(),
                        run.exitCode(),
                        run.startedOn(),
                        run.finishedOn(),
                        by,
                        run.environment()),
                counted ? outcomes.counts() : null,
                request.reports().stream().map(Evidence::descriptor).toList(),
                request.binding() == TestResult.Binding.OBSERVED ? request.target() : null);
    }

    private static TestResult.Result byExitCode(TestResult.Run run) {
        return run.exitCode() != null && run.exitCode() == 0 ? TestResult.Result.PASSED : TestResult.Result.FAILED;
    }

    private static ResourceDescriptor descriptor(ReportRef report) {
        return new ResourceDescriptor(
                report.name(), null, Map.of("sha256", report.digest().hex()), report.mediaType(), null);
    }

    private static void requireRun(TestRequest request) {
        TestResult.Run run = request.run();
        String missing = null;
        if (!request.suite().matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,127}")) {
            missing = "a suite's name has letters, digits and . _ / - and at most 128 characters.";
        } else if (run.id().isBlank() || run.id().length() > 200) {
            missing = "a run has an id of at most 200 characters.";
        } else if (run.finishedOn().isBefore(run.startedOn())) {
            missing = "it ended before it began.";
        } else if (run.exitCode() == null && request.reports().stream().noneMatch(Reports::isJunit)) {
            missing = "it has neither reports nor an exit code, so nothing says how it ended.";
        }
        if (missing != null) {
            throw new Problem.Malformed(
                            "TEST_RUN_INVALID",
                            "Recording a test run of " + request.artifact(),
                            missing,
                            "Use `waybill test` or `waybill attest test`, which send it whole.")
                    .exception();
        }
    }

    /** What the ledger has about this artifact from builders, reporters and decisions, in ledger order. */
    public List<EvidenceInfo> about(Tx tx, Digest artifact) {
        return Shown.TYPES.stream()
                .flatMap(type -> ledger.about(tx, artifact, type).stream())
                .flatMap(entry -> Shown.of(entry, artifact).stream())
                .sorted(Comparator.comparingLong(EvidenceInfo::index))
                .toList();
    }
}
