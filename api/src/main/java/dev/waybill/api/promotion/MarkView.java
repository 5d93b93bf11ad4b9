package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A mark in force. */
public record MarkView(
        Mark.Kind kind,
        ApplicationName application,
        @Nullable Slot slot,
        @Nullable Digest artifact,
        String reason,
        ActorName by,
        Instant at,
        Digest statement) {}
