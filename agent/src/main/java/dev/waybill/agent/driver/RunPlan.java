package dev.waybill.agent.driver;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the artifact wants to be run, from its config blob.
 *
 * @param health null when the artifact names none: then staying alive for a moment is all that can be asked
 * @param needs what the host must have, such as {@code java: >=25}
 */
public record RunPlan(List<String> command, @Nullable Health health, Map<String, String> needs) {
    public RunPlan {
        command = List.copyOf(command);
        needs = Map.copyOf(needs);
    }

    /**
     * One check, repeated until it holds or {@code withinMillis} have passed since the start. Exactly one way is set.
     *
     * @param http a path that answers 2xx on this host, on the port that the configuration names in {@code PORT}
     * @param tcp true when an accepted connection on that port is enough
     * @param command run in the release's directory and environment; healthy when it exits 0
     */
    public record Health(
            @Nullable String http,
            @Nullable Boolean tcp,
            @Nullable List<String> command,
            long withinMillis) {}
}
