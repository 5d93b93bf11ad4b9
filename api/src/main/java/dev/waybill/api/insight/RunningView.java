package dev.waybill.api.insight;

import dev.waybill.core.name.Slot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One slot, three things kept apart. {@code agreeing} targets of {@code targets} run what was commanded; {@code state} is empty, agreed, deploying, drift, unknown or failed. */
public record RunningView(
        Slot slot,
        @Nullable Shown approved,
        @Nullable Shown commanded,
        List<TargetView> targets,
        int agreeing,
        String state,
        String sentence,
        boolean held) {}
