package dev.waybill.agent.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A process that a driver started.
 *
 * @param mark tells it from a later process with the same pid: boot id and start in clock ticks on Linux
 * @param standing null while the deployment that started it has not found it healthy: then its journal decides what
 *     becomes of it, and it is never started again by itself
 */
public record Started(
        long number,
        String directory,
        long pid,
        String mark,
        Instant startedAt,
        @Nullable Standing standing) {
    /** What is known of a process whose release was healthy here. */
    public enum Standing {
        @JsonProperty("healthy")
        HEALTHY,
        /** The process before it was lost; this one was started in its place and has not been seen healthy yet. */
        @JsonProperty("started-again")
        STARTED_AGAIN
    }

    Started under(long otherNumber) {
        return new Started(otherNumber, directory, pid, mark, startedAt, standing);
    }

    Started as(Standing other) {
        return new Started(number, directory, pid, mark, startedAt, other);
    }
}
