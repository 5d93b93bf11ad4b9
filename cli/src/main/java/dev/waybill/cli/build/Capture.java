package dev.waybill.cli.build;

import dev.waybill.api.WaybillVersion;
import dev.waybill.core.json.Json;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.ResourceDescriptor;
import dev.waybill.core.project.Build;
import dev.waybill.core.project.ProjectFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run of the build: when, from what, in which surroundings. Becomes SLSA provenance v1.
 *
 * @param locks lock files as the checkout had them before the command ran
 */
record Capture(
        String id,
        Instant started,
        Instant finished,
        ObjectNode fingerprint,
        List<ResourceDescriptor> locks,
        ShellRun.Ended ended) {
    private static final String BUILD_TYPE = "https://waybill.dev/build/v1";

    /** A build on somebody's machine by this command; a runner or an ingest from CI has an id of its own. */
    private static final String BUILDER = "https://waybill.dev/builder/cli/v1";

    Provenance provenance(ProjectFile project, Build build, SourceTree source) {
        ObjectNode external = Json.object();
        external.put("application", project.application().value());
        external.put("commit", source.commit().value());
        external.put("command", build.command());
        external.set("outputs", Json.tree(build.outputs()));
        external.set("tests", Json.tree(build.tests()));
        external.set("tools", Json.tree(build.tools()));
        external.put("directory", source.project());
        ObjectNode internal = Json.object();
        internal.set("waybill_fingerprint", fingerprint);
        List<ResourceDescriptor> materials = new ArrayList<>();
        String url = source.url();
        materials.add(ResourceDescriptor.of(
                url == null ? "git+commit:" + source.commit() : "git+" + url + "@" + source.commit(),
                Map.of("gitCommit", source.commit().value())));
        materials.addAll(locks);
        return new Provenance(
                new Provenance.BuildDefinition(BUILD_TYPE, external, internal, materials),
                new Provenance.RunDetails(
                        new Provenance.Builder(BUILDER, Map.of("waybill", WaybillVersion.TEXT)),
                        new Provenance.Metadata(id, started, finished),
                        null));
    }
}
