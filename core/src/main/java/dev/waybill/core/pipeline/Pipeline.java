package dev.waybill.core.pipeline;

import dev.waybill.core.json.Json;
import dev.waybill.core.json.Place;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Policy;
import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An application's environments in order. Made by {@link #parse} only, so that it is always one that can be walked through. */
public record Pipeline(List<Stage> stages) {
    public Pipeline {
        stages = List.copyOf(stages);
    }

    /** Reads the list that stands under {@code pipeline:}, in short, middle or full form; {@code DOCUMENT_INVALID} names the place. */
    public static Pipeline parse(JsonNode list) {
        return parse(new Place("pipeline", list));
    }

    public static Pipeline parse(Place list) {
        return new PipelineReader().read(list);
    }

    /** The full form: every gate written out, members in alphabetical order. Parses back to an equal pipeline. */
    public JsonNode expand() {
        return PipelineWriter.write(this);
    }

    /** sha256 of the full form's canonical JSON: the subject of a pipeline statement. */
    public Digest digest() {
        return Digest.sha256(Json.write(expand()));
    }

    public List<EnvironmentName> environments() {
        return stages.stream().map(Stage::environment).toList();
    }

    public Optional<Stage> stage(EnvironmentName environment) {
        return stages.stream().filter(s -> s.environment().equals(environment)).findFirst();
    }

    /** The gates before an environment for an application; {@code ENVIRONMENT_UNKNOWN} when the pipeline has no such place. */
    public Policy policy(Slot slot) {
        Stage stage = stage(slot.environment())
                .orElseThrow(() -> new Problem.NotFound(
                                "ENVIRONMENT_UNKNOWN",
                                "Looking for the gates of " + slot,
                                "the pipeline of " + slot.application() + " has no environment " + slot.environment()
                                        + ".",
                                "Use one of " + environments() + ", or apply a pipeline that has it.")
                        .exception());
        return new Policy(slot, stage.gates());
    }

    /** All slots of an application, in order. */
    public List<Slot> slots(ApplicationName application) {
        return environments().stream().map(e -> new Slot(e, application)).toList();
    }
}
