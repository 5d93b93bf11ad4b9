package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Applying a release to a target. Subject: the artifact's digest. Signed by the agent; a gap-free chain per (agent, target).
 *
 * @param release what was commanded; for an offline rollback the release that was activated again
 * @param running the release that serves after this deployment, null when none does
 * @param offline true when the agent acted without the server; then {@code by} and {@code why} say who and why
 * @param detail one sentence: what failed, or how health was seen
 */
public record Deployment(
        AgentName agent,
        String target,
        long number,
        @Nullable Digest previous,
        ReleaseId release,
        Outcome outcome,
        @Nullable ReleaseId running,
        boolean offline,
        @Nullable ActorName by,
        @Nullable String why,
        Instant startedAt,
        Instant finishedAt,
        String detail,
        @Nullable SeenCheckpoint checkpoint)
        implements Predicate {
    /** How it ended. */
    public enum Outcome {
        @JsonProperty("succeeded")
        SUCCEEDED,
        /** Failed before the switch; the running release was never touched. */
        @JsonProperty("failed")
        FAILED,
        /** Failed after the switch; the release before serves again. */
        @JsonProperty("returned")
        RETURNED,
        /** Failed after the switch and nothing serves. */
        @JsonProperty("down")
        DOWN
    }

    @Override
    public String predicateType() {
        return PredicateTypes.DEPLOYMENT;
    }
}
