package dev.waybill.cli.promotion;

import dev.waybill.core.text.Count;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A pipeline as people read it: a line for each environment with the gates that somebody asked for. */
final class PipelineText {
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
}
