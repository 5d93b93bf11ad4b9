package dev.waybill.compare.report;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A report as one page that needs nothing else: no script, no font, no picture from anywhere. */
public final class HtmlReport {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'";

    private final StringBuilder page = new StringBuilder();
    private final Report report;

    private HtmlReport(Report report) {
        this.report = report;
    }

    /** The whole page. */
    public static String text(Report report) {
        HtmlReport html = new HtmlReport(report);
        html.head();
        report.pairs().forEach(html::pair);
        html.idle();
        html.page.append("</main>\n</body>\n</html>\n");
        return html.page.toString();
    }

    private void head() {
        Verdict verdict = report.verdict();
        page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"" + POLICY + "\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>" + verdict.word() + ": " + escape(names()) + "</title>\n<style>\n")
                .append(style())
                .append("</style>\n</head>\n<body>\n<main>\n<header class=\"" + verdict.word() + "\">\n")
                .append("<p class=\"badge\">" + verdict.word() + "</p>\n<h1>" + sentence(verdict.meaning())
                        + "</h1>\n");
        if (report.judged() != verdict) {
            page.append("<p>With suppressions: <b>" + report.judged().word() + "</b></p>\n");
        }
        page.append("</header>\n<table class=\"subjects\">\n");
        char letter = 'A';
        for (Result.Identity subject : report.subjects()) {
            page.append("<tr><th>" + letter++ + "</th><td>" + escape(subject.name()) + "</td><td class=\"number\">"
                    + subject.size() + " bytes</td><td><code>sha256:" + subject.sha256() + "</code></td></tr>\n");
        }
        page.append("</table>\n");
    }

    private String names() {
        return String.join(
                ", ", report.subjects().stream().map(Result.Identity::name).toList());
    }

    private void pair(Result pair) {
        page.append("<section>\n<h2>" + escape(pair.first().name()) + " and "
                + escape(pair.second().name()) + " <span class=\"badge "
                + pair.verdict().word() + "\">" + pair.verdict().word() + "</span></h2>\n");
        if (pair.proof() != null) {
            page.append("<p>Proved: with the rules below applied, both are <code>" + pair.proof() + "</code>.</p>\n");
        }
        for (Map.Entry<Rule, Integer> entry : worstFirst(pair.counts())) {
            rule(pair, entry.getKey(), entry.getValue());
        }
        page.append("</section>\n");
    }

    private static List<Map.Entry<Rule, Integer>> worstFirst(Map<Rule, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(java.util.Comparator.comparing((Map.Entry<Rule, Integer> entry) ->
                                entry.getKey().verdict())
                        .reversed())
                .toList();
    }

    private void rule(Result pair, Rule rule, int count) {
        List<Finding> findings = pair.findings().stream()
                .filter(finding -> finding.rule().equals(rule))
                .toList();
        page.append("<details" + (rule.verdict().benign() ? "" : " open") + ">\n<summary><span class=\"badge "
                + rule.verdict().word() + "\">" + rule.verdict().word() + "</span> <b>" + rule.id() + "</b> "
                + (count == 1 ? "" : "in " + count + " places ") + "<span class=\"why\">" + escape(rule.why())
                + "</span></summary>\n<table class=\"findings\">\n<tr><th>where</th><th>A</th><th>B</th></tr>\n");
        findings.forEach(this::finding);
        page.append("</table>\n");
        if (findings.size() < count) {
            page.append("<p>And " + (count - findings.size()) + " more.</p>\n");
        }
        page.append("</details>\n");
    }

    private void finding(Finding finding) {
        page.append("<tr><td>" + escape(finding.place()) + "</td>" + cell(finding.before()) + cell(finding.after())
                + "</tr>\n");
        String accepted = report.suppressed(finding)
                .map(s -> s.owner() + " answers for it until " + s.until() + ": " + s.reason())
                .orElse("");
        String note = (finding.note() + " " + accepted).strip();
        if (!note.isEmpty()) {
            page.append("<tr><td colspan=\"3\" class=\"note\">" + escape(note) + "</td></tr>\n");
        }
    }

    private static String cell(@org.jspecify.annotations.Nullable String value) {
        return value == null
                ? "<td class=\"nothing\">nothing</td>"
                : "<td><code>" + (value.isEmpty() ? "there" : escape(value)) + "</code></td>";
    }

    private void idle() {
        for (Suppression idle : report.idle()) {
            page.append("<p class=\"note\">A suppression of " + escape(idle.rule()) + " at " + escape(idle.where())
                    + " by " + escape(idle.owner()) + " covers nothing.</p>\n");
        }
    }

    private static String sentence(String meaning) {
        return Character.toUpperCase(meaning.charAt(0)) + escape(meaning.substring(1)) + ".";
    }

    /** Control and direction characters are made visible first, so that a name cannot lie about the page. */
    static String escape(String text) {
        return Clean.line(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(HtmlReport.class.getResourceAsStream("report.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
