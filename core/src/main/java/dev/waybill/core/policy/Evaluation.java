package dev.waybill.core.policy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.VerificationSummary;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What all gates said about one digest entering one slot. The overall verdict follows from the lines and stands nowhere
 * else, so that no evaluation can claim a pass that its lines do not carry.
 *
 * @param configurationVersion 0 when the slot has no configuration
 * @param completeTo the ledger size that the decision rests on
 * @param covers what an approval of this must cover, see {@link Covers}
 */
public record Evaluation(
        Slot slot,
        Digest artifact,
        long configurationVersion,
        long completeTo,
        Digest covers,
        List<Line> lines,
        Instant at) {
    public Evaluation {
        lines = List.copyOf(lines);
    }

    /**
     * One gate's verdict.
     *
     * @param used ids of the statements that it rests on, sorted
     * @param notes what a person should know besides, such as approvals that do not count and why
     */
    public record Line(Gate gate, Verdict verdict, List<Digest> used, List<String> notes) {
        public Line {
            used = used.stream().distinct().sorted().toList();
            notes = List.copyOf(notes);
        }
    }

    /** Refused when one gate refuses or none was asked; else waiting when one waits; else passed. */
    public Verdict verdict() {
        if (lines.isEmpty()) {
            return new Verdict.Refused("No gate was evaluated, so nothing says that it may pass.");
        }
        if (any(Verdict.Refused.class::isInstance)) {
            return new Verdict.Refused(sentences(Verdict.Refused.class));
        }
        if (any(Verdict.Waiting.class::isInstance)) {
            return new Verdict.Waiting(sentences(Verdict.Waiting.class), earliest());
        }
        return new Verdict.Passed(sentences(Verdict.Passed.class));
    }

    public boolean passed() {
        return verdict() instanceof Verdict.Passed;
    }

    /** Ids of all statements that the gates rest on, sorted. */
    public List<Digest> used() {
        return lines.stream()
                .flatMap(l -> l.used().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** The release that this would bring back, when it judges a rollback and not a promotion. */
    public Optional<ReleaseId> bringsBack() {
        return lines.stream()
                .map(Line::gate)
                .filter(Gate.WasHealthy.class::isInstance)
                .map(g -> ((Gate.WasHealthy) g).release())
                .findFirst();
    }

    /** The lines as a verification summary carries them: outcome {@code passed}, {@code waiting} or {@code refused}. */
    public List<VerificationSummary.GateLine> gateLines() {
        return lines.stream()
                .map(l -> new VerificationSummary.GateLine(
                        l.gate().label(), outcome(l.verdict()), l.verdict().sentence()))
                .toList();
    }

    private static String outcome(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Passed p -> "passed";
            case Verdict.Waiting w -> "waiting";
            case Verdict.Refused r -> "refused";
        };
    }

    private boolean any(Predicate<Verdict> is) {
        return lines.stream().map(Line::verdict).anyMatch(is);
    }

    private String sentences(Class<? extends Verdict> kind) {
        return String.join(" ", verdicts(kind).map(Verdict::sentence).distinct().toList());
    }

    private @Nullable Instant earliest() {
        return verdicts(Verdict.Waiting.class)
                .map(Verdict.Waiting::until)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private <V extends Verdict> Stream<V> verdicts(Class<V> kind) {
        return lines.stream().map(Line::verdict).filter(kind::isInstance).map(kind::cast);
    }
}
