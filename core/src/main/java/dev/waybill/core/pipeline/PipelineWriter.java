package dev.waybill.core.pipeline;

import dev.waybill.core.json.Json;
import dev.waybill.core.policy.Gate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The full form. Members are put in alphabetical order, because a tree is written as it was put together. */
final class PipelineWriter {
    private PipelineWriter() {}

    static JsonNode write(Pipeline pipeline) {
        ObjectNode holder = Json.object();
        ArrayNode list = holder.putArray("pipeline");
        for (Stage stage : pipeline.stages()) {
            ObjectNode one = list.addObject();
            one.put("environment", stage.environment().value());
            ArrayNode gates = one.putArray("gates");
            stage.gates().forEach(g -> gates.add(gate(g)));
        }
        return list;
    }

    private static ObjectNode gate(Gate gate) {
        ObjectNode out = Json.object();
        switch (gate) {
            case Gate.Order g -> out.put("after", g.after().value()).put("gate", "order");
            case Gate.Evidence g -> out.put("gate", "evidence").put("type", g.type());
            case Gate.Soak g ->
                out.put("for", g.length().toString()).put("gate", "soak").put("in", g.in().value());
            case Gate.Approvals g -> {
                out.put("count", g.count());
                ArrayNode exclude = out.putArray("exclude");
                g.exclude().forEach(e -> exclude.add(e.label()));
                out.put("gate", "approvals");
            }
            case Gate.Tests g -> tests(g, out);
            case Gate.Registered g -> out.put("gate", g.label());
            case Gate.NoVeto g -> out.put("gate", g.label());
            case Gate.NoHold g -> out.put("gate", g.label());
            case Gate.ConfigurationContract g -> out.put("gate", g.label());
            case Gate.KnownAuthor g -> out.put("gate", g.label());
            case Gate.WasHealthy g -> throw new IllegalStateException("A pipeline has no gate " + g.label());
            case Gate.Reason g -> throw new IllegalStateException("A pipeline has no gate " + g.label());
        }
        return out;
    }

    private static void tests(Gate.Tests g, ObjectNode out) {
        out.put("claimed", accepted(g.accepting().claimed()));
        out.put("gate", "tests");
        if (g.on() != null) {
            out.put("on", g.on().value());
        }
        out.put("suite", g.suite()).put("warned", accepted(g.accepting().warned()));
    }

    private static String accepted(boolean yes) {
        return yes ? "accepted" : "refused";
    }
}
