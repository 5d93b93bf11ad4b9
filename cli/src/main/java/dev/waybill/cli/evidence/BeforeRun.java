package dev.waybill.cli.evidence;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.identity.GrantBody;
import dev.waybill.api.identity.WhoAmI;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is asked before a run that may take an hour: whether its outcome will be taken, and whether a gate waits for it. */
record BeforeRun(WaybillClient client, ApplicationName application) {
    private static final Set<String> ROLES = Set.of("builder", "admin");

    /** The server decides when it is told the outcome; who has no such role at all hears it before the run. */
    void mayAttest(String suite) {
        WhoAmI who = client.identity().whoAmI();
        if (who.grants().stream().noneMatch(this::attests)) {
            throw new Problem.Forbidden(
                            "FORBIDDEN",
                            "Running suite " + suite,
                            "no role of " + who.actor() + " lets it attest anything of " + application
                                    + "; that takes the role builder or admin. Nothing was run.",
                            "Ask an admin for a token with that role.")
                    .exception();
        }
    }

    private boolean attests(GrantBody grant) {
        return ROLES.contains(grant.role())
                && (grant.application() == null || grant.application().equals(application));
    }

    /** Only told: the pipeline that asks for the suite may be applied later. */
    List<String> unasked(String suite, @Nullable Slot target) {
        Map<String, String> asked;
        try {
            asked = asked(client.promotions().pipeline(application).pipeline());
        } catch (ProblemException e) {
            return List.of();
        }
        String on = asked.get(suite);
        if (on == null) {
            List<String> close = Closest.to(suite, asked.keySet());
            return asked.isEmpty()
                    ? List.of()
                    : List.of("No gate of " + application + " asks for the suite " + suite + "."
                            + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?"));
        }
        return on.isEmpty() || target != null
                ? List.of()
                : List.of("Gates ask for " + suite + " on " + on + ", and this run is against no target: add --target "
                        + on + "/" + application + ".");
    }

    /** Suites with the environment that a gate wants each to run in; none when any gate takes it from anywhere. */
    private static Map<String, String> asked(JsonNode pipeline) {
        List<JsonNode> gates = new ArrayList<>();
        pipeline.forEach(stage -> stage.path("gates").forEach(gates::add));
        Map<String, String> asked = new TreeMap<>();
        for (JsonNode gate : gates) {
            if (gate.path("gate").asString("").equals("tests")) {
                asked.merge(
                        gate.path("suite").asString(""),
                        gate.path("on").asString(""),
                        (one, other) -> one.equals(other) ? one : "");
            }
        }
        return asked;
    }
}
