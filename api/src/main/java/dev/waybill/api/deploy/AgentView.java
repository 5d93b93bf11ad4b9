package dev.waybill.api.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent as the server sees it. */
public record AgentView(
        AgentName agent,
        List<Slot> slots,
        Map<Slot, String> targets,
        Instant enrolledAt,
        @Nullable Instant lastHeard,
        boolean silent) {}
