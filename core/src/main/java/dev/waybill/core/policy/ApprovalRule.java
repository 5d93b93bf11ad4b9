package dev.waybill.core.policy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.text.Count;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Approvals of exactly what is decided now, by enough different people who may give them. */
final class ApprovalRule {
    private final Gate.Approvals gate;
    private final History history;
    private final Digest covers;
    private final Set<String> writers;

    ApprovalRule(Gate.Approvals gate, History history, Digest covers) {
        this.gate = gate;
        this.history = history;
        this.covers = covers;
        this.writers = IdentityRules.writers(history);
    }

    Evaluation.Line line() {
        Request request = history.request();
        List<Fact<Approval>> here = history.approvals().stream()
                .filter(a -> a.says().slot().equals(history.slot()))
                .sorted(Comparator.comparingLong(Fact::index))
                .toList();
        Optional<Fact<Approval>> rejection = here.stream()
                .filter(a -> a.says().decision() == Approval.Decision.REJECTED)
                .filter(a -> a.says().promotion().equals(request.promotion()))
                .findFirst();
        if (rejection.isPresent()) {
            return rejected(rejection.get());
        }
        List<Fact<Approval>> valid = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (Fact<Approval> approval : here) {
            if (approval.says().decision() == Approval.Decision.APPROVED) {
                String voidBecause = voidBecause(approval);
                if (voidBecause == null) {
                    valid.add(approval);
                } else {
                    notes.add("The approval by " + approval.says().by() + " on "
                            + approval.says().at() + " does not count: " + voidBecause);
                }
            }
        }
        if (gate.exclude().contains(Gate.Exclusion.AUTHOR) && writers.isEmpty()) {
            notes.add("The commit's author is unknown, so nobody can tell whether an approver wrote it.");
        }
        List<Fact<Approval>> people = mostDifferent(valid);
        Verdict verdict = people.size() >= gate.count() ? passed(people) : waiting(people.size());
        return new Evaluation.Line(gate, verdict, people.stream().map(Fact::id).toList(), notes);
    }

    private @Nullable String voidBecause(Fact<Approval> approval) {
        Approval says = approval.says();
        if (!history.counts(approval.index())) {
            return "it is newer than the part of the ledger that was read.";
        }
        if (history.request().promotion().isEmpty()
                || !says.promotion().equals(history.request().promotion())) {
            return "it was given for another promotion.";
        }
        if (!says.covers().equals(covers)) {
            return "configuration or evidence changed since; it must be given again.";
        }
        return excluded(says);
    }

    private @Nullable String excluded(Approval says) {
        Set<String> emails = emails(says.emails());
        Request request = history.request();
        if (gate.exclude().contains(Gate.Exclusion.REQUESTER)
                && (says.by().equals(request.by()) || overlap(emails, emails(request.emails())))) {
            return says.by() + " asked for this promotion.";
        }
        if (gate.exclude().contains(Gate.Exclusion.AUTHOR) && !writers.isEmpty()) {
            if (emails.isEmpty()) {
                return says.by() + " declares no e-mail address, so nobody can tell whether they wrote the commit.";
            }
            if (overlap(emails, writers)) {
                return says.by() + " wrote or committed the commit.";
            }
        }
        return null;
    }

    /** The largest choice in which no two are the same person by name or address, up to the count; earliest first. */
    private List<Fact<Approval>> mostDifferent(List<Fact<Approval>> from) {
        for (int size = Math.min(gate.count(), from.size()); size > 0; size--) {
            List<Fact<Approval>> chosen = new ArrayList<>();
            if (choose(from, 0, size, chosen)) {
                return chosen;
            }
        }
        return List.of();
    }

    private static boolean choose(List<Fact<Approval>> from, int start, int size, List<Fact<Approval>> chosen) {
        if (chosen.size() == size) {
            return true;
        }
        for (int i = start; i < from.size(); i++) {
            Fact<Approval> next = from.get(i);
            if (chosen.stream().noneMatch(c -> same(c.says(), next.says()))) {
                chosen.add(next);
                if (choose(from, i + 1, size, chosen)) {
                    return true;
                }
                chosen.removeLast();
            }
        }
        return false;
    }

    private static boolean same(Approval a, Approval b) {
        return a.by().equals(b.by()) || overlap(emails(a.emails()), emails(b.emails()));
    }

    private Evaluation.Line rejected(Fact<Approval> rejection) {
        Approval says = rejection.says();
        String reason = says.reason() == null ? "" : ": " + says.reason();
        return Policy.refused(
                gate,
                "Rejected by " + says.by() + " on " + says.at() + reason
                        + ". Ask again with a new promotion when that is" + " settled.",
                List.of(rejection.id()));
    }

    private Verdict passed(List<Fact<Approval>> people) {
        String names = people.stream().map(a -> a.says().by().value()).collect(Collectors.joining(" and "));
        return new Verdict.Passed(gate.count() == 0 ? "No approval is needed." : "Approved by " + names + ".");
    }

    private Verdict waiting(int have) {
        List<String> not = new ArrayList<>();
        if (gate.exclude().contains(Gate.Exclusion.REQUESTER)) {
            not.add("the requester " + history.request().by());
        }
        if (gate.exclude().contains(Gate.Exclusion.AUTHOR)) {
            not.add(
                    writers.isEmpty()
                            ? "the commit's author (unknown)"
                            : "the commit's author "
                                    + String.join(
                                            ", ", writers.stream().sorted().toList()));
        }
        String others = not.isEmpty() ? "" : ", other than " + String.join(" and ", not);
        String people = Count.of(gate.count(), "approver");
        return new Verdict.Waiting(
                "Approval needed since " + history.request().at() + " from " + people + others + " (" + have + " of "
                        + gate.count() + " so far).",
                null);
    }

    private static Set<String> emails(Collection<String> texts) {
        return texts.stream()
                .map(IdentityRules::email)
                .filter(e -> !e.isEmpty())
                .collect(Collectors.toSet());
    }

    private static boolean overlap(Set<String> a, Set<String> b) {
        return a.stream().anyMatch(b::contains);
    }
}
