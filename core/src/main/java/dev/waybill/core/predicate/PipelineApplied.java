package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A version of an application's pipeline, in its full form. Subjects: sha256 of the pipeline's canonical JSON, then sha256 of
 * the application's name.
 *
 * @param config the configuration contract that holds for every artifact of the application beside the one that it carries
 *     itself, which an image does not; null when there is none
 */
public record PipelineApplied(
        ApplicationName application,
        long version,
        @Nullable Digest previous,
        JsonNode pipeline,
        @Nullable JsonNode config,
        ActorName by,
        Instant at)
        implements Predicate {
    @Override
    public String predicateType() {
        return PredicateTypes.PIPELINE;
    }
}
