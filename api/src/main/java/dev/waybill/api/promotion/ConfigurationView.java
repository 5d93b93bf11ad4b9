package dev.waybill.api.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ConfigurationSet;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version of a slot's configuration; secrets come without value. */
public record ConfigurationView(
        Slot slot,
        long version,
        List<Entry> entries,
        @Nullable ActorName by,
        @Nullable Instant at,
        @Nullable Digest statement) {
    /** @param value null for a secret */
    public record Entry(
            String key,
            ConfigurationSet.Kind kind,
            @Nullable String value,
            String commitment) {}
}
