package dev.waybill.compare.report;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A report as JSON, by {@code docs/schema/compare.schema.json}. */
public final class JsonReport {
    private static final String SCHEMA = "https://waybill.dev/schema/compare/v1";

    private JsonReport() {}

    /** Members in alphabetical order; ends without a line feed. */
    public static String text(Report report) {
        return Json.pretty(document(report));
    }

    /** For whoever writes it as part of something else. */
    public static Object document(Report report) {
        List<SubjectJson> subjects = report.subjects().stream()
                .map(subject -> new SubjectJson(subject.name(), subject.size(), "sha256:" + subject.sha256()))
                .toList();
        List<FindingJson> findings = new ArrayList<>();
        List<PairJson> pairs = new ArrayList<>();
        for (int i = 0; i < report.pairs().size(); i++) {
            Result pair = report.pairs().get(i);
            pairs.add(new PairJson(0, i + 1, pair.verdict().word(), pair.proof()));
            for (Finding finding : pair.findings()) {
                findings.add(finding(report, finding, i + 1));
            }
        }
        return new Document(
                SCHEMA,
                report.verdict().word(),
                report.judged().word(),
                subjects,
                pairs,
                findings,
                rules(report.counts()),
                report.idle().stream().map(JsonReport::suppression).toList());
    }

    private static FindingJson finding(Report report, Finding finding, int second) {
        return new FindingJson(
                finding.where(),
                finding.place(),
                finding.rule().id(),
                finding.verdict().word(),
                finding.sentence(),
                finding.before(),
                finding.after(),
                second,
                report.suppressed(finding).map(JsonReport::suppression).orElse(null));
    }

    private static SuppressionJson suppression(Suppression suppression) {
        return new SuppressionJson(
                suppression.rule(),
                suppression.where(),
                suppression.reason(),
                suppression.owner(),
                suppression.until().toString());
    }

    private static List<RuleJson> rules(Map<Rule, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> new RuleJson(
                        entry.getKey().id(),
                        entry.getKey().verdict().word(),
                        entry.getKey().why(),
                        entry.getValue()))
                .toList();
    }

    /** The whole. */
    record Document(
            String schema,
            String verdict,
            String judged,
            List<SubjectJson> subjects,
            List<PairJson> pairs,
            List<FindingJson> findings,
            List<RuleJson> rules,
            List<SuppressionJson> idleSuppressions) {}

    record SubjectJson(String name, long size, String digest) {}

    record PairJson(
            int first, int second, String verdict, @Nullable String proof) {}

    record FindingJson(
            List<String> where,
            String place,
            String rule,
            String verdict,
            String sentence,
            @Nullable String before,
            @Nullable String after,
            int second,
            @Nullable SuppressionJson suppression) {}

    record RuleJson(String id, String verdict, String why, int count) {}

    record SuppressionJson(String rule, String where, String reason, String owner, String until) {}
}
