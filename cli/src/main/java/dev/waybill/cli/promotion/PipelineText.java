package dev.waybill.cli.promotion;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.project.Build;
import dev.waybill.core.text.Closest;
import dev.waybill.core.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A pipeline as people read it: a line for each environment with the gates that somebody asked for. */
final class PipelineText {
    /** What a build attests, by the reports that it leaves. */
    private static final String UNIT = "unit";

    private PipelineText() {}

    static String of(JsonNode pipeline) {
        StringBuilder text = new StringBuilder();
        int width = 0;
        for (JsonNode stage : pipeline) {
            width = Math.max(width, stage.path("environment").asString("").length());
        }
        for (JsonNode stage : pipeline) {
            String name = stage.path("environment").asString("");
            List<String> gates = new ArrayList<>();
            for (JsonNode gate : stage.path("gates")) {
                String words = words(gate);
                if (!words.isEmpty()) {
                    gates.add(words);
                }
            }
            String line = name + " ".repeat(width - name.length() + 2) + String.join("; ", gates);
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    /** Gates that every environment has are not repeated. */
    private static String words(JsonNode gate) {
        String kind = gate.path("gate").asString("");
        return switch (kind) {
            case "registered", "no-veto", "no-hold", "configuration" -> "";
            case "order" -> "after " + gate.path("after").asString("");
            case "tests" ->
                "tests " + gate.path("suite").asString("")
                        + (gate.hasNonNull("on") ? " on " + gate.path("on").asString("") : "");
            case "approvals" -> Count.of(gate.path("count").asLong(1), "approval");
            case "soak" ->
                "soak " + gate.path("for").asString("") + " in "
                        + gate.path("in").asString("");
            case "evidence" -> "evidence " + gate.path("type").asString("");
            default -> kind;
        };
    }

    /** Suites that gates ask for and no build attests: somebody has to run each, or nothing ever passes. */
    static List<String> undelivered(ApplicationName application, JsonNode pipeline, @Nullable Build build) {
        boolean attests = build != null && !build.tests().isEmpty();
        Map<String, String> asked = new TreeMap<>();
        for (JsonNode stage : pipeline) {
            for (JsonNode gate : stage.path("gates")) {
                String suite = gate.path("suite").asString("");
                if (gate.path("gate").asString("").equals("tests") && !(attests && suite.equals(UNIT))) {
                    String on = gate.path("on").asString("");
                    asked.putIfAbsent(suite, on.isEmpty() ? "" : " --target " + on + "/" + application);
                }
            }
        }
        String by = attests ? "`build` attests only " + UNIT : "`build` names no `tests` and so attests none";
        return asked.entrySet().stream()
                .map(e -> "Gates ask for the suite " + e.getKey() + "; " + by + "." + meant(e.getKey(), attests)
                        + " Deliver it with `waybill test " + application + "@COMMIT --suite " + e.getKey()
                        + e.getValue()
                        + " -- COMMAND`.")
                .toList();
    }

    private static String meant(String suite, boolean attests) {
        return attests && !Closest.to(suite, List.of(UNIT)).isEmpty() ? " Did you mean " + UNIT + "?" : "";
    }
}
