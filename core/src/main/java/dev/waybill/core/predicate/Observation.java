package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target is really running, read from the running thing. Subject: the observed artifact's digest, or sha256 of the
 * slot's text when nothing known runs. Signed by the agent; a gap-free chain per (agent, target).
 *
 * @param how how the digest was read, in words
 * @param process pid and start time of the process, null when none runs
 * @param files sha256 of the release's files as they are on disk now, by path in the release
 */
public record Observation(
        AgentName agent,
        String target,
        long number,
        @Nullable Digest previous,
        Slot slot,
        State state,
        @Nullable Digest artifact,
        @Nullable ReleaseId release,
        String how,
        @Nullable ProcessSeen process,
        List<FileSeen> files,
        Instant at,
        @Nullable SeenCheckpoint checkpoint)
        implements Predicate {
    /** What was found. */
    public enum State {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("stopped")
        STOPPED,
        /** Something runs whose bytes are not those of any release. */
        @JsonProperty("altered")
        ALTERED
    }

    /** One operating system process; the start time tells it from a later one with the same pid. */
    public record ProcessSeen(long pid, Instant startedAt) {}

    public record FileSeen(String path, Digest digest) {}

    @Override
    public String predicateType() {
        return PredicateTypes.OBSERVATION;
    }
}
