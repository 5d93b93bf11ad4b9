package dev.waybill.cli.promotion;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.api.promotion.PipelineView;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Table;
import dev.waybill.core.json.Place;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.project.ConfigurationContract;
import dev.waybill.core.text.Closest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A configuration's keys; a secret shows only that it is set. */
final class ConfigText {
    private ConfigText() {}

    static String of(Session session, ConfigurationView view) {
        Table table = new Table(session.style(), "KEY", "KIND", "VALUE");
        for (ConfigurationView.Entry entry : view.entries()) {
            table.row(entry.key(), entry.kind().name().toLowerCase(Locale.ROOT), value(entry));
        }
        return table.toString();
    }

    static String value(ConfigurationView.Entry entry) {
        return entry.value() != null && entry.kind() == ConfigurationSet.Kind.VALUE
                ? entry.value()
                : "(set, "
                        + entry.commitment()
                                .substring(0, Math.min(8, entry.commitment().length())) + ")";
    }

    /**
     * {@code PIPELINE_UNKNOWN} for an application without a pipeline, which is most often a mistyped one. Whether the pipeline
     * has the environment is the server's question.
     */
    static void requirePipeline(WaybillClient client, Slot slot) {
        try {
            client.promotions().pipeline(slot.application());
        } catch (ProblemException e) {
            if (e.problem().code().equals("PIPELINE_UNKNOWN")) {
                List<String> close = Closest.to(
                        slot.toString(),
                        client.insight().running(null).stream()
                                .map(view -> view.slot().toString())
                                .toList());
                throw new Problem.NotFound(
                                "PIPELINE_UNKNOWN",
                                "Setting configuration of " + slot,
                                "no pipeline of " + slot.application() + " was ever applied, so nothing would read it."
                                        + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?"),
                                "Apply its waybill.yaml first (`waybill apply`), or add --create to set it beforehand.")
                        .exception();
            }
        }
    }

    /**
     * Of keys that were set, those that nothing declares: most often a slip. Only told, for the file that declares them may
     * be applied later.
     */
    static List<String> unread(WaybillClient client, Slot slot, Set<String> keys) {
        PipelineView applied;
        try {
            applied = client.promotions().pipeline(slot.application());
        } catch (ProblemException e) {
            return e.problem().code().equals("PIPELINE_UNKNOWN")
                    ? List.of("No pipeline of " + slot.application() + " was ever applied: nothing reads this until"
                            + " `waybill apply` names " + slot.environment() + ".")
                    : List.of();
        }
        JsonNode config = applied.config();
        if (config == null) {
            return List.of();
        }
        ConfigurationContract contract = ConfigurationContract.read(Place.root(config));
        List<String> declared = Stream.concat(contract.required().stream(), contract.optional().stream())
                .toList();
        return keys.stream()
                .filter(key -> !declared.contains(key))
                .sorted()
                .map(key -> {
                    List<String> close = Closest.to(key, declared);
                    return key + " is none of the keys that the applied waybill.yaml declares"
                            + (close.isEmpty() ? "." : ". Did you mean " + String.join(" or ", close) + "?");
                })
                .toList();
    }
}
