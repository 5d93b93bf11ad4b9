package dev.waybill.cli.proof;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts verified statements together: do they, as a whole, say that this artifact may run in this slot, and does? */
final class Walk {
    /** @param about the digest or commit that the statement names first */
    record Line(long index, String what, String about, String signer, Digest statement) {}

    record Result(Slot slot, Digest artifact, String sentence, List<Line> lines) {}

    private final Slot slot;
    private final String origin;
    private final List<Verified> statements = new ArrayList<>();

    Walk(Slot slot, String origin) {
        this.slot = slot;
        this.origin = origin;
    }

    void add(Verified statement) {
        statements.add(statement);
    }

    /** {@code PROOF_INCOMPLETE} unless release, summary and registration of the artifact are all there and agree. */
    Result result(@Nullable Digest claimed) {
        ReleaseMade release =
                newest(PredicateTypes.RELEASE, ReleaseMade.class, r -> r.slot().equals(slot));
        Digest artifact = release.artifact();
        if (claimed != null && !claimed.equals(artifact)) {
            throw incomplete("it speaks of " + claimed + ", but the newest release in it is " + artifact + ".");
        }
        String uri = VerificationSummary.resourceUri(origin, slot);
        boolean passed = about(artifact, PredicateTypes.VERIFICATION_SUMMARY)
                .filter(v -> v.id().equals(release.summary()))
                .map(v -> v.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY))
                .anyMatch(s ->
                        s.resourceUri().equals(uri) && s.verificationResult() == VerificationSummary.Result.PASSED);
        if (!passed) {
            throw incomplete("the passed verification summary of release " + release.number() + " is not in it.");
        }
        Registration registration = about(artifact, PredicateTypes.REGISTRATION)
                .map(v -> v.statement().predicate(Registration.class, PredicateTypes.REGISTRATION))
                .filter(r ->
                        r.commit().equals(release.commit()) && r.application().equals(slot.application()))
                .findFirst()
                .orElseThrow(() -> incomplete("the registration that ties the artifact to its commit is not in it."));
        String seen = observation(artifact);
        String sentence = slot + "#" + release.number() + " is " + artifact + ", built from commit "
                + registration.commit() + ", approved for " + slot.environment() + seen + ".";
        return new Result(slot, artifact, sentence, lines());
    }

    private String observation(Digest artifact) {
        return statements.stream()
                .filter(v -> v.statement().predicateType().equals(PredicateTypes.OBSERVATION))
                .map(v -> v.statement().predicate(Observation.class, PredicateTypes.OBSERVATION))
                .filter(o -> o.slot().equals(slot))
                .max(java.util.Comparator.comparing(Observation::at))
                .map(o -> artifact.equals(o.artifact()) && o.state() == Observation.State.RUNNING
                        ? ", and seen running by agent " + o.agent() + " at " + o.at()
                        : ", but agent " + o.agent() + " last saw it "
                                + o.state().name().toLowerCase(Locale.ROOT) + " at " + o.at())
                .orElse("; nobody observed it running");
    }

    private <T extends Predicate> T newest(String type, Class<T> as, java.util.function.Predicate<T> wanted) {
        return statements.stream()
                .filter(v -> v.statement().predicateType().equals(type))
                .sorted(java.util.Comparator.comparingLong(Verified::index).reversed())
                .map(v -> v.statement().predicate(as, type))
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> incomplete("no release of " + slot + " is in it."));
    }

    private Stream<Verified> about(Digest artifact, String type) {
        return statements.stream()
                .filter(v -> v.statement().predicateType().equals(type))
                .filter(v -> v.statement().isAbout(artifact));
    }

    private List<Line> lines() {
        return statements.stream()
                .sorted(java.util.Comparator.comparingLong(Verified::index))
                .map(v -> new Line(
                        v.index(),
                        v.statement()
                                .predicateType()
                                .replaceFirst("/v[0-9.]+$", "")
                                .replaceFirst("^.*/", ""),
                        v.statement().subject().getFirst().digest().values().stream()
                                .map(hex -> hex.substring(0, Math.min(12, hex.length())))
                                .findFirst()
                                .orElse("-"),
                        v.role().label() + " key of " + v.key().holder(),
                        v.id()))
                .toList();
    }

    private static ProblemException incomplete(String missing) {
        return new Problem.Refused(
                        "PROOF_INCOMPLETE",
                        "Walking from the release back to the commit",
                        "every signature holds, but " + missing,
                        "Make a new proof with `waybill why ENV/APP --proof FILE`.")
                .exception();
    }
}
