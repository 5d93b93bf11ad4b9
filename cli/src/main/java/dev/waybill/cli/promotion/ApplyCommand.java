package dev.waybill.cli.promotion;

import dev.waybill.api.promotion.PipelineView;
import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.build.Yaml;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.ProjectFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code waybill apply}: the pipeline part of {@code waybill.yaml}, or a document with it. */
@Command(name = "apply", description = "Apply an application's pipeline: environments, order, gates.")
@SuppressWarnings("NullAway.Init")
public final class ApplyCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "waybill.yaml, or JSON (default: waybill.yaml here).")
    private Path file = Path.of("waybill.yaml");

    @Option(names = "--dry-run", description = "Print the full form, change nothing.")
    private boolean dryRun;

    public ApplyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        JsonNode document = Yaml.read(session.path(file));
        JsonNode name = document.path("application");
        JsonNode pipeline = document.path("pipeline");
        if (!name.isString() || pipeline.isMissingNode()) {
            throw new Problem.Malformed(
                            "DOCUMENT_INVALID",
                            "Reading " + file,
                            "`application` or `pipeline` is missing.",
                            "Name the application, and list its environments under `pipeline`.")
                    .exception();
        }
        ApplicationName application = new ApplicationName(name.stringValue());
        // As `build` reads it: a slip in a part that is not applied is told here and not on the build host.
        ProjectFile project = ProjectFile.parse(document);
        ObjectNode body = Json.object();
        body.set("pipeline", pipeline);
        if (document.has("config")) {
            body.set("config", document.path("config"));
        }
        PipelineView view = session.client().promotions().apply(application, body, dryRun);
        session.answer(view, () -> dryRun ? Json.pretty(view.pipeline()) : PipelineText.of(view.pipeline()));
        PipelineText.undelivered(application, view.pipeline(), project.build()).forEach(session::note);
        session.closing(
                dryRun
                        ? "Nothing was changed; this is the full form."
                        : "Pipeline version " + view.version() + " of " + application + " is in force.",
                dryRun ? "waybill apply -f " + file : "waybill build");
        return Exit.DONE;
    }
}
