package dev.waybill.server.configuration;

import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Permit;
import dev.waybill.server.http.Routes;
import dev.waybill.server.identity.Permission;
import java.io.IOException;

/** Configuration over HTTP. */
public final class ConfigurationHandler {
    private static final String PATH = "/api/v1/configuration/{environment}/{application}";

    private final Configurations configurations;
    private final Pipelines pipelines;

    public ConfigurationHandler(Configurations configurations, Pipelines pipelines) {
        this.configurations = configurations;
        this.pipelines = pipelines;
    }

    public void addTo(Routes routes) {
        routes.put(PATH, Permit.needForSlot(Permission.CONFIGURE), this::change)
                .get(PATH, Permit.needForSlot(Permission.READ), this::read)
                .get(
                        PATH + "/versions",
                        Permit.needForSlot(Permission.READ),
                        call -> call.json(configurations.versions(slot(call))));
    }

    private void change(Call call) throws IOException {
        ConfigurationChange change = call.body(ConfigurationChange.class);
        Slot slot = slot(call);
        // What stands where no environment is any more may still be taken away.
        if (!change.set().isEmpty()) {
            pipelines.requireKnownSlot(slot);
        }
        call.json(configurations.change(slot, change, call.someone().name()));
    }

    private void read(Call call) {
        Slot slot = slot(call);
        call.json(call.query("version", ConfigurationHandler::number)
                .map(version -> configurations.version(slot, version))
                .orElseGet(() -> configurations.current(slot)));
    }

    private static long number(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new Problem.Malformed(
                            "VERSION_INVALID",
                            "Reading the query parameter version",
                            "'" + text + "' is not a number.",
                            "Send a version such as 3.")
                    .exception();
        }
        return Long.parseLong(text);
    }

    private static Slot slot(Call call) {
        return new Slot(call.path("environment", EnvironmentName::new), call.path("application", ApplicationName::new));
    }
}
