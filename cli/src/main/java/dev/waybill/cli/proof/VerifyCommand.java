package dev.waybill.cli.proof;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.verify.TrustRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code waybill verify}: checks a proof file offline. Each statement must be signed by a key of the trust file that may
 * say this, or by the key of an agent that a record key of the file introduced, and stand in the file's ledger. Keys that
 * come only with the proof count for nothing. What a whole proof shows and this one does not is said line by line, and is
 * refused unless somebody asked for less.
 */
@Command(name = "verify", description = "Verify a proof file offline, with keys that you brought or pinned.")
@SuppressWarnings("NullAway.Init")
public final class VerifyCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "PROOF-FILE", description = "As `waybill why --proof` wrote it.")
    private Path file;

    @Option(names = "--trust", paramLabel = "FILE", description = "Whom to trust (default: the keys pinned at login).")
    private @Nullable Path trust;

    @Option(
            names = "--require",
            paramLabel = "PART",
            split = ",",
            description = "What it must prove: provenance, tests, approval, deployment, observation (default: all of"
                    + " them; approval where the gates asked for one).")
    private @Nullable List<String> require;

    @Option(names = "--partial", description = "Accept a proof that lacks some of that, and say what it lacks.")
    private boolean partial;

    public VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Set<Part> asked = asked();
        ProofFile proof = ProofFile.read(Files.readAllBytes(session.path(file)));
        TrustRoot root = trusted();
        Walk walk = new Walk(proof.slot(), root.origin());
        proof.verified(root).forEach(walk::add);
        Walk.Result result = walk.result(proof.artifact());
        Set<Part> wanting = asked == null ? EnumSet.copyOf(result.whole()) : asked;
        wanting.retainAll(result.unproven());
        session.answer(result, () -> {
            Table table = new Table(session.style(), "ENTRY", "WHAT", "ABOUT", "SIGNED BY", "STATEMENT");
            result.lines()
                    .forEach(l -> table.row(
                            l.index(),
                            "\u2713 " + l.what(),
                            l.about(),
                            l.signer(),
                            l.statement().shortHex()));
            return table + unproven(result);
        });
        if (!wanting.isEmpty() && !partial) {
            throw lacking(wanting);
        }
        session.closing(
                (wanting.isEmpty() ? "Verified offline: " : "Verified IN PART, offline: ") + result.sentence()
                        + " The ledger is " + root.origin() + ".",
                "waybill trace " + result.artifact());
        return result.contradicted() ? Exit.REFUSED : Exit.DONE;
    }

    /** What was asked for; null when nobody said. */
    private @Nullable Set<Part> asked() {
        if (require == null) {
            return null;
        }
        if (partial) {
            throw misuse("--partial asks for nothing and --require for something.", "Give one of them.");
        }
        Set<Part> asked = EnumSet.noneOf(Part.class);
        for (String name : require) {
            asked.add(Stream.of(Part.values())
                    .filter(part -> part.toString().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> misuse(
                            "'" + name + "' is no part of a proof.",
                            "Parts are "
                                    + Stream.of(Part.values())
                                            .map(Part::toString)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        return asked;
    }

    private static ProblemException misuse(String missing, String next) {
        return new Problem.Malformed("PROOF_PART_INVALID", "Reading what the proof must show", missing, next)
                .exception();
    }

    private static String unproven(Walk.Result result) {
        return result.unproven().stream()
                .map(part -> "NOT PROVEN (" + part + "): " + part.missing() + ".\n")
                .collect(Collectors.joining());
    }

    private ProblemException lacking(Set<Part> wanting) {
        return new Problem.Refused(
                        "PROOF_PARTIAL",
                        "Verifying " + file,
                        "what is in it holds, but it does not prove "
                                + wanting.stream().map(Part::missing).collect(Collectors.joining("; nor ")) + ".",
                        "Make a new proof when that has happened (`waybill why ENV/APP --proof FILE`), name what is enough"
                                + " with --require, or accept less with --partial.")
                .exception();
    }

    private TrustRoot trusted() throws IOException {
        byte[] bytes = trustBytes();
        try {
            return TrustRoot.read(bytes);
        } catch (ProblemException e) {
            if (!e.problem().code().equals("MALFORMED")) {
                throw e;
            }
            throw new Problem.Malformed(
                            "TRUST_INVALID",
                            "Reading the trust file " + (trust == null ? "pinned at login" : trust),
                            "it is not what a server answers at /api/v1/ledger/trust.",
                            "Get it again from somebody you trust, or log in to the server.")
                    .exception();
        }
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
