package dev.waybill.server.deploy;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one target.
 *
 * @param deployment the last one that was logged, null when there is none
 * @param observation the last one that was logged, null when there is none
 * @param lastSeen when its agent last said that this still holds: the latest heartbeat or observation
 * @param unlogged what the newest sign of life says when that is something else than the last logged observation: signed by
 *     the agent, not in the ledger
 * @param unknownSince set when the agent has been silent too long: then nothing is known since that moment
 */
public record TargetState(
        AgentName agent,
        String target,
        Slot slot,
        @Nullable Deployment deployment,
        @Nullable Digest deploymentStatement,
        @Nullable Observation observation,
        @Nullable Digest observationStatement,
        @Nullable Observation unlogged,
        @Nullable Instant lastSeen,
        @Nullable Instant unknownSince) {}
