package dev.waybill.cli.evidence;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.evidence.EvidenceInfo;
import dev.waybill.api.evidence.TestRequest;
import dev.waybill.cli.Session;
import dev.waybill.core.predicate.TestResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill attest test}: reports of a run that Waybill did not see; the statement says that they are claimed. */
@Command(name = "test", description = "Attest JUnit reports of a run elsewhere; shown as claimed.")
@SuppressWarnings("NullAway.Init")
public final class AttestTestCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--artifact", required = true, paramLabel = "REF", description = "The artifact.")
    private String ref;

    @Option(names = "--suite", required = true, paramLabel = "NAME", description = "The suite's name.")
    private String suite;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "JUnit reports.")
    private List<Path> files;

    public AttestTestCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        WaybillClient client = session.client();
        Resolved resolved = client.artifacts().resolve(ref);
        ReportFiles reports = ReportFiles.named(session, files);
        Instant now = session.terminal().clock().instant();
        TestResult.Run run = new TestResult.Run(
                UUID.randomUUID().toString(),
                null,
                null,
                now,
                now,
                client.identity().whoAmI().actor(),
                List.of());
        EvidenceInfo evidence = client.evidence()
                .test(new TestRequest(
                        resolved.application(),
                        resolved.digest(),
                        suite,
                        TestResult.Binding.CLAIMED,
                        run,
                        reports.push(client.registry(), resolved.application()),
                        null));
        return EvidenceText.ending(session, resolved, evidence, suite);
    }
}
