package dev.waybill.server.configuration;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** Pipelines over HTTP. */
public final class PipelineHandler {
    private static final String PATH = "/api/v1/applications/{application}/pipeline";
    private static final int LARGEST = 256 * 1024;

    private final Pipelines pipelines;

    public PipelineHandler(Pipelines pipelines) {
        this.pipelines = pipelines;
    }

    public void addTo(Routes routes) {
        routes.put(PATH, Permit.needForApplication(Permission.ADMINISTER), this::apply)
                .get(
                        PATH,
                        Permit.needForApplication(Permission.READ),
                        call -> call.json(pipelines.read(application(call))));
    }

    private void apply(Call call) throws IOException {
        JsonNode body = Json.parse(call.bytes(LARGEST));
        boolean dryRun = call.query("dryRun", Boolean::parseBoolean).orElse(false);
        call.json(
                dryRun
                        ? pipelines.dryRun(application(call), body)
                        : pipelines.apply(
                                application(call), body, call.someone().name()));
    }

    private static ApplicationName application(Call call) {
        return call.path("application", ApplicationName::new);
    }
}
