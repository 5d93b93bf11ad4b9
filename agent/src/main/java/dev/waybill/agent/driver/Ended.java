package dev.waybill.agent.driver;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Deployment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one action ended.
 *
 * @param key tells this action from every other one of the target, so that it is reported exactly once
 * @param running what serves now, null when nothing does
 * @param offline set when a person went back on the host itself
 * @param detail one sentence: what failed, or how health was seen
 */
public record Ended(
        String key,
        ReleaseId release,
        Digest artifact,
        Deployment.Outcome outcome,
        @Nullable ReleaseId running,
        @Nullable Offline offline,
        Instant startedAt,
        Instant finishedAt,
        String detail) {
    /** Who went back, and why. */
    public record Offline(ActorName by, String why) {}
}
