package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** An applied pipeline in its full form. */
public record PipelineView(
        ApplicationName application,
        long version,
        JsonNode pipeline,
        @Nullable ActorName by,
        @Nullable Instant at,
        @Nullable Digest statement) {}
