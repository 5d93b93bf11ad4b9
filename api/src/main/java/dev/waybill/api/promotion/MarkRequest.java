package dev.waybill.api.promotion;

import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import org.jspecify.annotations.Nullable;

/** Hold a slot, pin or veto an artifact, or end that. */
public record MarkRequest(
        Mark.Kind kind,
        boolean end,
        @Nullable Slot slot,
        @Nullable String ref,
        String reason) {}
