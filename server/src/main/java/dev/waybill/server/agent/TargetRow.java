package dev.waybill.server.agent;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an agent deploys to.
 *
 * @param heartbeat the latest sign of life, an observation that is not logged
 * @param heardAt when it came, by this server's clock
 * @param every how often the agent says that it lives, as it says; zero when it did not say
 * @param contradicts true while the sign of life says something else than the last logged observation, and is newer
 * @param wantedAt since when somebody waits for a fresh observation, null when nobody does
 */
public record TargetRow(
        AgentName agent,
        String target,
        Slot slot,
        @Nullable SignedBody heartbeat,
        @Nullable Instant heardAt,
        Duration every,
        boolean contradicts,
        @Nullable Instant wantedAt) {
    /** This target as heard just now. */
    public TargetRow heard(SignedBody sign, Instant at, Duration next, boolean other) {
        return new TargetRow(agent, target, slot, sign, at, next, other, wantedAt);
    }

    /** This target when an observation of it came into the ledger, which its sign of life still contradicts or not. */
    public TargetRow saidInLedger(boolean other) {
        return new TargetRow(agent, target, slot, heartbeat, heardAt, every, other, wantedAt);
    }
}
