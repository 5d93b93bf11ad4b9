package dev.waybill.api.insight;

import dev.waybill.core.name.AgentName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one target is seen to run. {@code state} is running, stopped, altered or unknown; {@code unknownSince} is set when it has been silent too long. */
public record TargetView(
        AgentName agent,
        String target,
        String state,
        @Nullable Shown observed,
        @Nullable Instant observedAt,
        @Nullable Instant unknownSince,
        String how) {}
