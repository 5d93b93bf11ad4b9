package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.passed;
import static dev.waybill.core.policy.Policy.refused;

import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Vetoes and holds. They count wherever they stand in the ledger; their end counts only inside the prefix that was read
 * completely, and only for what was marked before it with the same scope.
 */
final class MarkRules {
    private MarkRules() {}

    static Evaluation.Line noVeto(Gate.NoVeto gate, History history) {
        Predicate<Mark> about = m -> m.kind() == Mark.Kind.VETO
                && history.artifact().equals(m.artifact())
                && (m.slot() == null || m.slot().equals(history.slot()));
        List<History.HeldMark> vetoes = standing(history, about);
        if (vetoes.isEmpty()) {
            return passed(gate, "Nobody vetoes it, as of ledger size " + history.completeTo() + ".", List.of());
        }
        Mark veto = vetoes.getFirst().mark().says();
        return refused(
                gate,
                "Vetoed " + where(veto.slot()) + " by " + veto.by() + " on " + veto.at() + ": "
                        + sentence(veto.reason()) + " Promote another artifact, or end the veto.",
                vetoes.stream().map(v -> v.mark().id()).toList());
    }

    static Evaluation.Line noHold(Gate.NoHold gate, History history) {
        List<History.HeldMark> holds = standing(
                history, m -> m.kind() == Mark.Kind.HOLD && history.slot().equals(m.slot()));
        List<History.HeldMark> byPeople =
                holds.stream().filter(h -> !h.afterFailure()).toList();
        if (!byPeople.isEmpty()) {
            Mark hold = byPeople.getFirst().mark().says();
            return new Evaluation.Line(
                    gate,
                    new Verdict.Waiting(
                            history.slot() + " is on hold since " + hold.at() + " by " + hold.by() + ": "
                                    + sentence(hold.reason()) + " It goes on when the hold is ended.",
                            null),
                    byPeople.stream().map(h -> h.mark().id()).toList(),
                    List.of());
        }
        List<String> notes = holds.stream()
                .map(h -> "On hold since " + h.mark().says().at() + ": "
                        + sentence(h.mark().says().reason()) + " This promotion supersedes it.")
                .toList();
        return new Evaluation.Line(
                gate, new Verdict.Passed(history.slot() + " is not on hold by anyone."), List.of(), notes);
    }

    private static List<History.HeldMark> standing(History history, Predicate<Mark> about) {
        List<History.HeldMark> all = history.marks().stream()
                .filter(m -> about.test(m.mark().says()))
                .toList();
        return all.stream()
                .filter(m -> !m.mark().says().ended())
                .filter(m -> all.stream().noneMatch(end -> ends(history, end.mark(), m.mark())))
                .toList();
    }

    private static boolean ends(History history, Fact<Mark> end, Fact<Mark> mark) {
        return end.says().ended()
                && history.counts(end.index())
                && end.index() > mark.index()
                && Objects.equals(end.says().slot(), mark.says().slot());
    }

    private static String where(@Nullable Slot slot) {
        return slot == null ? "everywhere" : "for " + slot;
    }

    /** A person's words end as they please; ours go on after them. */
    private static String sentence(String words) {
        return words.isEmpty() || ".!?".indexOf(words.charAt(words.length() - 1)) >= 0 ? words : words + ".";
    }
}
