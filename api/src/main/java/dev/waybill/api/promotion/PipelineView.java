package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An applied pipeline in its full form.
 *
 * @param config the keys that were applied with it, required and optional; null when none were named
 */
public record PipelineView(
        ApplicationName application,
        long version,
        JsonNode pipeline,
        @Nullable JsonNode config,
        @Nullable ActorName by,
        @Nullable Instant at,
        @Nullable Digest statement) {}
