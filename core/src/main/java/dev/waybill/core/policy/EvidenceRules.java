package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.passed;
import static dev.waybill.core.policy.Policy.refused;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.statement.PredicateTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What is known about the bytes, and what they need from the slot. */
final class EvidenceRules {
    private EvidenceRules() {}

    /** The first one found keeps its place, so that a second of the same kind voids no approval. */
    static Evaluation.Line evidence(Gate.Evidence gate, History history) {
        Set<String> types = types(gate.type());
        Optional<History.Evidence> first = history.evidence().stream()
                .filter(e -> history.counts(e.index()) && types.contains(e.predicateType()))
                .min(Comparator.comparingLong(History.Evidence::index));
        return first.map(e -> passed(gate, "There is evidence of type " + gate.type() + ".", List.of(e.id())))
                .orElseGet(() -> refused(
                        gate,
                        "There is no evidence of type " + gate.type()
                                + " about these bytes. Attest it: `waybill attest " + command(gate.type())
                                + " --artifact " + history.artifact() + " FILE`.",
                        List.of()));
    }

    /** Short names of a pipeline, or the predicate type itself. */
    static Set<String> types(String type) {
        return switch (type) {
            case "sbom" -> Set.of(PredicateTypes.CYCLONEDX, PredicateTypes.SPDX);
            case "scan" -> Set.of(PredicateTypes.VULNERABILITIES);
            case "provenance" -> Set.of(PredicateTypes.PROVENANCE);
            default -> Set.of(type);
        };
    }

    private static String command(String type) {
        return type.equals("sbom") || type.equals("scan") ? type : "custom";
    }

    static Evaluation.Line configuration(Gate.ConfigurationContract gate, History history) {
        List<String> required = history.configuration().required();
        Fact<ConfigurationSet> current = history.configuration().current();
        if (required == null) {
            return refused(
                    gate,
                    "The keys that the artifact needs could not be read, so nobody can tell whether they are set. Check"
                            + " that its configuration blob is there.",
                    List.of());
        }
        boolean usable = current != null && history.counts(current.index());
        Set<String> missing = new TreeSet<>(required);
        List<Digest> used = current != null && usable ? List.of(current.id()) : List.of();
        if (current != null && usable) {
            current.says().entries().forEach(e -> missing.remove(e.key()));
        }
        if (!missing.isEmpty()) {
            return refused(
                    gate,
                    "The artifact needs configuration that " + history.slot() + " does not have: "
                            + String.join(", ", missing) + ". Set it: `waybill config set " + history.slot() + " "
                            + missing.stream().map(key -> key + "=VALUE").collect(Collectors.joining(" "))
                            + "` (a secret: `--secret KEY`).",
                    used);
        }
        return passed(
                gate,
                required.isEmpty()
                        ? "The artifact requires no configuration."
                        : history.slot() + " has all required keys in version "
                                + history.configuration().version() + ": " + String.join(", ", new TreeSet<>(required))
                                + ".",
                used);
    }
}
