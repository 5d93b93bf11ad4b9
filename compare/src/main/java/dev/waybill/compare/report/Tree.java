package dev.waybill.compare.report;

import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Findings as a tree of the places in which they stand; why a rule is as it is stands below, once for each rule. */
final class Tree {
    private final TextReport style;
    private final Report report;

    Tree(TextReport style, Report report) {
        this.style = style;
        this.report = report;
    }

    void print(StringBuilder text, List<Finding> findings) {
        List<String> last = List.of();
        Set<Rule> rules = new LinkedHashSet<>();
        for (Finding finding : findings) {
            List<String> steps = new ArrayList<>(finding.where());
            steps.removeIf(String::isEmpty);
            int same = 0;
            while (same < steps.size() && same < last.size() && steps.get(same).equals(last.get(same))) {
                same++;
            }
            for (int i = same; i < steps.size(); i++) {
                String step = steps.get(i);
                text.append("  ".repeat(i))
                        .append(style.palette().bold(Clean.line(step.startsWith("/") ? step.substring(1) : step)))
                        .append('\n');
            }
            difference(text, "  ".repeat(steps.size()), finding);
            rules.add(finding.rule());
            last = steps;
        }
        text.append('\n');
        for (Rule rule : rules) {
            text.append(style.palette().bold(rule.id()))
                    .append(style.palette().dim("  " + rule.why()))
                    .append('\n');
        }
    }

    private void difference(StringBuilder text, String indent, Finding finding) {
        Palette palette = style.palette();
        text.append(indent)
                .append(palette.verdict(finding.verdict(), finding.verdict().word()))
                .append(' ')
                .append(finding.rule().id())
                .append(style.suppression(report.suppressed(finding)))
                .append('\n');
        String before = finding.before();
        String after = finding.after();
        if (style.width() > 0 && before != null && after != null) {
            text.append(SideBySide.of(indent + "  ", Clean.line(before), Clean.line(after), style.width()));
        } else {
            text.append(indent).append("  ").append(Clean.line(finding.what())).append('\n');
        }
        if (!finding.note().isEmpty()) {
            text.append(indent)
                    .append("  ")
                    .append(palette.dim(Clean.line(finding.note())))
                    .append('\n');
        }
    }
}
