package dev.waybill.server.deploy;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent deploys to.
 *
 * @param heartbeat the latest sign of life, an observation that is not logged
 * @param heardAt when it came, by this server's clock
 * @param wantedAt since when somebody waits for a fresh observation, null when nobody does
 */
public record TargetRow(
        AgentName agent,
        String target,
        Slot slot,
        @Nullable SignedBody heartbeat,
        @Nullable Instant heardAt,
        @Nullable Instant wantedAt) {}
