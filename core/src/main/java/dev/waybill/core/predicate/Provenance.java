package dev.waybill.core.predicate;

import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SLSA provenance v1 (slsa.dev, build-provenance). The fingerprint of the build's environment stands in
 * {@code internalParameters.waybill_fingerprint}; lock files and sources in {@code resolvedDependencies}.
 */
public record Provenance(BuildDefinition buildDefinition, RunDetails runDetails) implements Predicate {
    public record BuildDefinition(
            String buildType,
            JsonNode externalParameters,
            @Nullable JsonNode internalParameters,
            @Nullable List<ResourceDescriptor> resolvedDependencies) {}

    public record RunDetails(
            Builder builder,
            @Nullable Metadata metadata,
            @Nullable List<ResourceDescriptor> byproducts) {}

    /** {@code id} is the only determiner of the level: each mode of building has its own. */
    public record Builder(String id, @Nullable Map<String, String> version) {}

    public record Metadata(
            @Nullable String invocationId,
            @Nullable Instant startedOn,
            @Nullable Instant finishedOn) {}

    @Override
    public String predicateType() {
        return PredicateTypes.PROVENANCE;
    }
}
