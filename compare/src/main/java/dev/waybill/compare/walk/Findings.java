package dev.waybill.compare.walk;

import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found: every finding counts for the verdict, a bounded number of each rule is kept. */
public final class Findings {
    private final int most;
    private final List<Finding> kept = new ArrayList<>();
    private final Map<Rule, Integer> counts = new TreeMap<>();
    private Verdict worst = Verdict.IDENTICAL;

    /** @param most findings that are kept; each rule keeps its first, whatever came before */
    public Findings(int most) {
        this.most = most;
    }

    public void add(Finding finding) {
        worst = worst.or(finding.verdict());
        if (counts.merge(finding.rule(), 1, Integer::sum) == 1 || kept.size() < most) {
            kept.add(finding);
        }
    }

    /** Takes over what was found elsewhere. */
    void addAll(Findings other) {
        other.kept.forEach(this::add);
        other.counts.forEach((rule, count) -> {
            int listed = (int) other.kept.stream()
                    .filter(finding -> finding.rule().equals(rule))
                    .count();
            counts.merge(rule, count - listed, Integer::sum);
        });
    }

    /** How many were found, kept or not. */
    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    public Verdict worst() {
        return worst;
    }

    public List<Finding> kept() {
        return kept;
    }

    /** How often each rule was met, also beyond what is kept. */
    public Map<Rule, Integer> counts() {
        return counts;
    }
}
