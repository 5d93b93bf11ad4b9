package dev.waybill.cli.proof;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.verify.Verified;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts verified statements together: do they, as a whole, say that this artifact may run in this slot, and does? */
final class Walk {
    /** @param about the digest or commit that the statement names first */
    record Line(long index, String what, String about, String signer, Digest statement) {}

    /**
     * @param contradicted true when the newest observation in the proof saw something else
     * @param unproven what a whole proof would show and this one does not
     * @param whole what this proof would have to show to be whole
     */
    record Result(
            Slot slot,
            Digest artifact,
            String sentence,
            boolean contradicted,
            Set<Part> unproven,
            Set<Part> whole,
            List<Line> lines) {}

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
        VerificationSummary summary = about(artifact, PredicateTypes.VERIFICATION_SUMMARY)
                .filter(v -> v.id().equals(release.summary()))
                .map(v -> v.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY))
                .filter(s -> s.resourceUri().equals(uri) && s.verificationResult() == VerificationSummary.Result.PASSED)
                .findFirst()
                .orElseThrow(() -> incomplete(
                        "the passed verification summary of release " + release.number() + " is not in it."));
        requireInputs(summary);
        Registration registration = about(artifact, PredicateTypes.REGISTRATION)
                .map(v -> v.statement().predicate(Registration.class, PredicateTypes.REGISTRATION))
                .filter(r ->
                        r.commit().equals(release.commit()) && r.application().equals(slot.application()))
                .findFirst()
                .orElseThrow(() -> incomplete("the registration that ties the artifact to its commit is not in it."));
        Seen seen = seen(artifact);
        String sentence = slot + "#" + release.number() + " is " + artifact + ", built from commit "
                + registration.commit() + ", approved for " + slot.environment() + seen.words() + ".";
        return new Result(
                slot,
                artifact,
                sentence,
                seen.other(),
                unproven(release),
                Part.whole(summary.asksForApproval()),
                lines());
    }

    /** What the gates decided from; without it nobody can tell why the summary says what it says. */
    private void requireInputs(VerificationSummary summary) {
        Set<Digest> here = statements.stream().map(Verified::id).collect(Collectors.toSet());
        summary.inputs().stream().filter(id -> !here.contains(id)).findFirst().ifPresent(id -> {
            throw incomplete("the statement " + id + ", which the decision used, is not in it.");
        });
    }

    private Set<Part> unproven(ReleaseMade release) {
        Set<Part> unproven = EnumSet.allOf(Part.class);
        Digest artifact = release.artifact();
        about(artifact, PredicateTypes.PROVENANCE).forEach(v -> unproven.remove(Part.PROVENANCE));
        about(artifact, PredicateTypes.TEST_RESULT)
                .map(v -> v.statement().predicate(TestResult.class, PredicateTypes.TEST_RESULT))
                .filter(t -> t.result() == TestResult.Result.PASSED)
                .forEach(t -> unproven.remove(Part.TESTS));
        about(artifact, PredicateTypes.APPROVAL)
                .map(v -> v.statement().predicate(Approval.class, PredicateTypes.APPROVAL))
                .filter(a -> a.slot().equals(slot) && a.decision() == Approval.Decision.APPROVED)
                .forEach(a -> unproven.remove(Part.APPROVAL));
        about(artifact, PredicateTypes.DEPLOYMENT)
                .map(v -> v.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT))
                .filter(d -> brought(d, release))
                .forEach(d -> unproven.remove(Part.DEPLOYMENT));
        about(artifact, PredicateTypes.OBSERVATION)
                .map(v -> v.statement().predicate(Observation.class, PredicateTypes.OBSERVATION))
                .filter(o -> o.slot().equals(slot) && isRunning(o, artifact))
                .forEach(o -> unproven.remove(Part.OBSERVATION));
        return unproven;
    }

    /** A release that follows an agent's own rollback was deployed under the number of the release that came back. */
    private static boolean brought(Deployment said, ReleaseMade release) {
        Long number = release.cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK && said.offline()
                ? release.rollbackTo()
                : Long.valueOf(release.number());
        return said.outcome() == Deployment.Outcome.SUCCEEDED
                && said.release().slot().equals(release.slot())
                && Long.valueOf(said.release().number()).equals(number);
    }

    private static boolean isRunning(Observation seen, Digest artifact) {
        return artifact.equals(seen.artifact()) && seen.state() == Observation.State.RUNNING;
    }

    private record Seen(String words, boolean other) {}

    /** The newest observation of each target. */
    private Seen seen(Digest artifact) {
        Map<String, Observation> newest = new TreeMap<>();
        statements.stream()
                .filter(v -> v.statement().predicateType().equals(PredicateTypes.OBSERVATION))
                .sorted(Comparator.comparingLong(Verified::index))
                .map(v -> v.statement().predicate(Observation.class, PredicateTypes.OBSERVATION))
                .filter(o -> o.slot().equals(slot))
                .forEach(o -> newest.put(o.agent() + "/" + o.target(), o));
        if (newest.isEmpty()) {
            return new Seen("; nobody observed it running", false);
        }
        StringBuilder words = new StringBuilder();
        boolean other = false;
        for (Observation o : newest.values()) {
            boolean same = isRunning(o, artifact);
            other |= !same;
            String state = o.state().name().toLowerCase(Locale.ROOT);
            words.append(
                    same
                            ? ", and seen running by agent " + o.agent() + " at " + o.at()
                            : ", but agent " + o.agent() + " last saw " + (o.artifact() == null ? "it" : o.artifact())
                                    + " " + state + " at " + o.at());
        }
        return new Seen(words.toString(), other);
    }

    private <T extends Predicate> T newest(String type, Class<T> as, java.util.function.Predicate<T> wanted) {
        return statements.stream()
                .filter(v -> v.statement().predicateType().equals(type))
                .sorted(Comparator.comparingLong(Verified::index).reversed())
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
                .sorted(Comparator.comparingLong(Verified::index))
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
