package dev.waybill.api.insight;

import dev.waybill.api.promotion.ReleaseView;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases of a slot, newest first. */
public record HistoryView(Slot slot, List<Line> lines) {
    /** {@code servedSeconds} is null while it serves or when it never did; {@code ready} tells whether it can be rolled back to. */
    public record Line(
            ReleaseView release,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Long servedSeconds,
            boolean ready,
            String readiness) {}
}
