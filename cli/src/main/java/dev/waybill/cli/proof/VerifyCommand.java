package dev.waybill.cli.proof;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.verify.TrustRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code waybill verify}: checks a proof file offline. Each statement must be signed by a key of the trust file that may
 * say this, or by the key of an agent that a record key of the file introduced, and stand in the file's ledger. Keys that
 * come only with the proof count for nothing.
 */
@Command(name = "verify", description = "Verify a proof file offline, with keys that you brought or pinned.")
@SuppressWarnings("NullAway.Init")
public final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PROOF-FILE", description = "As `waybill why --proof` wrote it.")
    private Path file;

    @Option(names = "--trust", paramLabel = "FILE", description = "Whom to trust (default: the keys pinned at login).")
    private @Nullable Path trust;

    public VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        ProofFile proof = ProofFile.read(Files.readAllBytes(session.path(file)));
        TrustRoot root = TrustRoot.read(trustBytes());
        Walk walk = new Walk(proof.slot(), root.origin());
        proof.verified(root).forEach(walk::add);
        Walk.Result result = walk.result(proof.artifact());
        session.answer(result, () -> {
            Table table = new Table(session.style(), "ENTRY", "WHAT", "ABOUT", "SIGNED BY", "STATEMENT");
            result.lines()
                    .forEach(l -> table.row(
                            l.index(),
                            "\u2713 " + l.what(),
                            l.about(),
                            l.signer(),
                            l.statement().shortHex()));
            return table.toString();
        });
        session.closing(
                "Verified offline: " + result.sentence() + " The ledger is " + root.origin() + ".",
                "waybill trace " + result.artifact());
        return result.contradicted() ? Exit.REFUSED : Exit.DONE;
    }

    private byte[] trustBytes() throws IOException {
        if (trust != null) {
            return Files.readAllBytes(session.path(trust));
        }
        Optional<byte[]> pinned = session.home().onlyTrust();
        return pinned.orElseThrow(() -> new Problem.Refused(
                        "TRUST_MISSING",
                        "Verifying " + file,
                        "no keys are pinned on this machine, and those inside the proof prove nothing by themselves.",
                        "Get the trust file from somebody you trust and give it with --trust FILE, or log in to the server.")
                .exception());
    }
}
