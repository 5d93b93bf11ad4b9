package dev.waybill.compare.report;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One or more comparisons with the same first artifact, and what somebody answers for.
 *
 * @param pairs the comparisons
 * @param suppressions all that were given
 * @param today decides which of them still hold; given by the caller, so that a report is a function of its inputs
 */
public record Report(List<Result> pairs, List<Suppression> suppressions, LocalDate today) {
    public Report {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("A report has at least one comparison");
        }
        pairs = List.copyOf(pairs);
        suppressions = List.copyOf(suppressions);
    }

    /** The worst of all comparisons, whatever was suppressed. */
    public Verdict verdict() {
        return Verdict.worst(pairs.stream().map(Result::verdict).toList());
    }

    /** The worst that nobody answers for. Findings beyond those that are listed cannot be suppressed. */
    public Verdict judged() {
        Verdict worst = Verdict.IDENTICAL;
        for (Result pair : pairs) {
            Map<Rule, Integer> left = new TreeMap<>(pair.counts());
            for (Finding finding : pair.findings()) {
                if (suppressed(finding).isPresent()) {
                    left.merge(finding.rule(), -1, Integer::sum);
                }
            }
            worst = worst.or(Verdict.worst(left.entrySet().stream()
                    .filter(entry -> entry.getValue() > 0)
                    .map(entry -> entry.getKey().verdict())
                    .toList()));
        }
        return worst;
    }

    /** Who answers for it. */
    public Optional<Suppression> suppressed(Finding finding) {
        return suppressions.stream()
                .filter(suppression -> suppression.covers(finding, today))
                .findFirst();
    }

    /** Those that cover nothing any more, or whose day has passed. */
    public List<Suppression> idle() {
        List<Suppression> idle = new ArrayList<>();
        for (Suppression suppression : suppressions) {
            boolean used = pairs.stream()
                    .flatMap(pair -> pair.findings().stream())
                    .anyMatch(finding -> suppression.covers(finding, today));
            if (!used) {
                idle.add(suppression);
            }
        }
        return idle;
    }

    /** Every rule that was met, with how often, over all comparisons. */
    public Map<Rule, Integer> counts() {
        Map<Rule, Integer> counts = new TreeMap<>();
        pairs.forEach(pair -> pair.counts().forEach((rule, count) -> counts.merge(rule, count, Integer::sum)));
        return counts;
    }

    /** The artifacts, the first one first. */
    public List<Result.Identity> subjects() {
        List<Result.Identity> subjects = new ArrayList<>();
        subjects.add(pairs.getFirst().first());
        pairs.forEach(pair -> subjects.add(pair.second()));
        return subjects;
    }
}
