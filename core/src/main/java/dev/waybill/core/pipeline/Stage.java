package dev.waybill.core.pipeline;

import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.policy.Gate;
import java.util.Comparator;
import java.util.List;

/** One environment of a pipeline and the gates before it, in their canonical order. */
public record Stage(EnvironmentName environment, List<Gate> gates) {
    public Stage {
        gates = gates.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Stage::rank).thenComparing(Gate::label))
                .toList();
    }

    private static int rank(Gate gate) {
        return switch (gate) {
            case Gate.Registered g -> 0;
            case Gate.NoVeto g -> 1;
            case Gate.NoHold g -> 2;
            case Gate.ConfigurationContract g -> 3;
            case Gate.KnownAuthor g -> 4;
            case Gate.Order g -> 5;
            case Gate.Tests g -> 6;
            case Gate.Evidence g -> 7;
            case Gate.Soak g -> 8;
            case Gate.Approvals g -> 9;
            case Gate.WasHealthy g -> 10;
            case Gate.Reason g -> 11;
        };
    }
}
