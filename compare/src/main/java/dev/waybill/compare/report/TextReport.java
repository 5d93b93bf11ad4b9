package dev.waybill.compare.report;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A report for a terminal: the verdict, what speaks against it as a tree, and what is harmless folded by rule.
 *
 * @param all shows each harmless finding in the tree too
 * @param width columns for two values side by side; 0 writes them one after the other
 */
public record TextReport(Palette palette, boolean all, int width) {
    private static final int FOLDED_EXAMPLES = 2;

    public String text(Report report) {
        StringBuilder text = new StringBuilder();
        head(text, report);
        for (Result pair : report.pairs()) {
            if (report.pairs().size() > 1) {
                text.append('\n')
                        .append(palette.bold(Clean.line(pair.first().name()) + " and "
                                + Clean.line(pair.second().name())))
                        .append(": ")
                        .append(palette.verdict(pair.verdict(), pair.verdict().word()))
                        .append('\n');
            }
            pair(text, report, pair);
        }
        for (Suppression idle : report.idle()) {
            text.append(palette.dim("A suppression of " + idle.rule() + " at " + idle.where() + " by " + idle.owner()
                            + " covers nothing" + (report.today().isAfter(idle.until()) ? " since it ended." : ".")))
                    .append('\n');
        }
        return text.toString();
    }

    private void head(StringBuilder text, Report report) {
        Verdict verdict = report.verdict();
        text.append(palette.verdict(verdict, verdict.word().toUpperCase(java.util.Locale.ROOT)))
                .append(": ")
                .append(verdict.meaning())
                .append('\n');
        if (report.judged() != verdict) {
            text.append("With suppressions: ")
                    .append(palette.verdict(report.judged(), report.judged().word()))
                    .append('\n');
        }
        char letter = 'A';
        for (Result.Identity subject : report.subjects()) {
            text.append(palette.dim(
                            "  " + letter++ + "  sha256:" + subject.sha256() + "  " + subject.size() + " bytes  "))
                    .append(Clean.line(subject.name()))
                    .append('\n');
        }
    }

    private void pair(StringBuilder text, Report report, Result pair) {
        List<Finding> shown = pair.findings().stream()
                .filter(finding -> all || !finding.verdict().benign())
                .toList();
        if (!shown.isEmpty()) {
            text.append('\n');
            new Tree(this, report).print(text, shown);
        }
        boolean folded = false;
        for (var entry : pair.counts().entrySet()) {
            boolean benign = entry.getKey().verdict().benign();
            long listed = pair.findings().stream()
                    .filter(finding -> finding.rule().equals(entry.getKey()))
                    .count();
            if (benign && !all) {
                text.append(folded ? "" : "\n");
                folded = true;
                fold(text, entry.getKey(), entry.getValue(), pair);
            } else if (listed < entry.getValue()) {
                text.append(palette.dim("and " + (entry.getValue() - listed) + " more of "
                                + entry.getKey().id()))
                        .append('\n');
            }
        }
        if (pair.proof() != null) {
            text.append(palette.dim("\nProved: with these rules applied, both are "
                            + pair.proof().substring(0, 16) + "."))
                    .append('\n');
        }
    }

    private void fold(StringBuilder text, Rule rule, int count, Result pair) {
        text.append(palette.verdict(
                        rule.verdict(), String.format("%-9s", rule.verdict().word())))
                .append(' ')
                .append(palette.bold(rule.id()))
                .append(count == 1 ? "" : " in " + count + " places")
                .append(palette.dim("  " + rule.why()))
                .append('\n');
        pair.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .limit(FOLDED_EXAMPLES)
                .forEach(finding -> text.append("            ")
                        .append(palette.dim(Clean.line(finding.place() + ": " + finding.what())))
                        .append('\n'));
    }

    String suppression(Optional<Suppression> suppression) {
        return suppression
                .map(s ->
                        palette.dim("  [" + s.owner() + " answers for it until " + s.until() + ": " + s.reason() + "]"))
                .orElse("");
    }
}
