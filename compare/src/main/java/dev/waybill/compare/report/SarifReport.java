package dev.waybill.compare.report;

import dev.waybill.compare.Result;
import dev.waybill.compare.verdict.Finding;
import dev.waybill.compare.verdict.Rule;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A report as SARIF 2.1.0, for whatever shows findings of analysers. */
public final class SarifReport {
    private SarifReport() {}

    /** Ends without a line feed. */
    public static String text(Report report) {
        ObjectNode document = Json.object();
        document.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        document.put("version", "2.1.0");
        ObjectNode run = document.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "waybill compare");
        List<Rule> rules = new ArrayList<>(report.counts().keySet());
        ArrayNode listed = driver.putArray("rules");
        rules.forEach(rule -> rule(listed.addObject(), rule));
        ArrayNode results = run.putArray("results");
        for (Result pair : report.pairs()) {
            for (Finding finding : pair.findings()) {
                result(results.addObject(), report, pair, finding);
            }
        }
        ObjectNode properties = run.putObject("properties");
        properties.put("verdict", report.verdict().word());
        properties.put("judged", report.judged().word());
        return Json.pretty(document);
    }

    private static void rule(ObjectNode node, Rule rule) {
        node.put("id", rule.id());
        node.putObject("shortDescription").put("text", rule.why());
        node.putObject("defaultConfiguration").put("level", level(rule.verdict()));
        node.putObject("properties").put("verdict", rule.verdict().word());
    }

    private static void result(ObjectNode node, Report report, Result pair, Finding finding) {
        node.put("ruleId", finding.rule().id());
        node.put("level", level(finding.verdict()));
        node.putObject("message").put("text", finding.sentence());
        ObjectNode location = node.putArray("locations").addObject();
        location.putObject("physicalLocation")
                .putObject("artifactLocation")
                .put("uri", uri(pair.second().name()));
        ObjectNode logical = location.putArray("logicalLocations").addObject();
        logical.put("fullyQualifiedName", finding.place());
        logical.put("kind", "member");
        Optional<Suppression> suppression = report.suppressed(finding);
        if (suppression.isPresent()) {
            ObjectNode accepted = node.putArray("suppressions").addObject();
            accepted.put("kind", "external");
            accepted.put("status", "accepted");
            accepted.put(
                    "justification",
                    suppression.get().reason() + " (" + suppression.get().owner() + ", until "
                            + suppression.get().until() + ")");
        }
    }

    private static String level(Verdict verdict) {
        if (verdict.benign()) {
            return "note";
        }
        return verdict.compareTo(Verdict.DEPENDENCY) <= 0 ? "warning" : "error";
    }

    private static String uri(String name) {
        return java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }
}
