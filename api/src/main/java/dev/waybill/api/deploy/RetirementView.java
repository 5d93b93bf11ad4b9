package dev.waybill.api.deploy;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent that left: where it spoke until then, and the statement that ended its key. */
public record RetirementView(
        AgentName agent,
        List<Slot> slots,
        @Nullable ActorName by,
        @Nullable String why,
        Instant at,
        Digest statement) {}
