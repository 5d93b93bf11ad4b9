package dev.waybill.core.project;

import dev.waybill.core.json.Place;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.pipeline.Pipeline;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code waybill.yaml}, whole. The build part is read from the commit that is built; the pipeline part counts only once
 * somebody with the right has applied it. {@code docs/schema/waybill.schema.json} says the same for editors.
 *
 * @param build null when another tool builds
 * @param run null when the artifact is not started by an agent
 * @param pipeline null when the file has none
 */
public record ProjectFile(
        ApplicationName application,
        @Nullable Build build,
        @Nullable Run run,
        ConfigurationContract config,
        @Nullable Pipeline pipeline) {
    /** @param document what a YAML or JSON reader made of the file; {@code DOCUMENT_INVALID} names the place of a mistake */
    public static ProjectFile parse(JsonNode document) {
        Place root = Place.root(document).only("application", "build", "run", "config", "pipeline");
        return new ProjectFile(
                root.get("application").parse(ApplicationName::new),
                root.find("build").map(Build::read).orElse(null),
                root.find("run").map(Run::read).orElse(null),
                root.find("config").map(ConfigurationContract::read).orElse(ConfigurationContract.NONE),
                root.find("pipeline").map(Pipeline::parse).orElse(null));
    }
}
