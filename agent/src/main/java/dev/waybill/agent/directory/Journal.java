package dev.waybill.agent.directory;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.agent.driver.Ended;
import dev.waybill.core.predicate.Deployment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The action in progress: the next step to take. Written before the step; each step may be taken twice.
 *
 * @param previous the release that served when the action began, null when none did
 * @param detail how it went so far
 * @param outcome set once the action has ended; the journal then waits to be acknowledged
 */
record Journal(
        long number,
        @Nullable Long previous,
        Step step,
        Ended.@Nullable Offline offline,
        Instant startedAt,
        @Nullable Instant finishedAt,
        String detail,
        Deployment.@Nullable Outcome outcome) {
    enum Step {
        @JsonProperty("stop")
        STOP,
        @JsonProperty("switch")
        SWITCH,
        @JsonProperty("start")
        START,
        @JsonProperty("check")
        CHECK,
        @JsonProperty("accept")
        ACCEPT,
        /** From here on: back to what served before. */
        @JsonProperty("return-stop")
        RETURN_STOP,
        @JsonProperty("return-switch")
        RETURN_SWITCH,
        @JsonProperty("return-start")
        RETURN_START,
        @JsonProperty("return-check")
        RETURN_CHECK,
        @JsonProperty("ended")
        ENDED;

        boolean isReturn() {
            return compareTo(RETURN_STOP) >= 0;
        }
    }

    static Journal begin(long number, @Nullable Long previous, Ended.@Nullable Offline offline, Instant at) {
        return new Journal(number, previous, Step.STOP, offline, at, null, "", null);
    }

    Journal next(Step to) {
        return new Journal(number, previous, to, offline, startedAt, null, detail, null);
    }

    Journal next(Step to, String why) {
        return new Journal(number, previous, to, offline, startedAt, null, why, null);
    }

    Journal end(Deployment.Outcome how, String why, Instant at) {
        return new Journal(number, previous, Step.ENDED, offline, startedAt, at, why, how);
    }

    boolean ended() {
        return step == Step.ENDED;
    }
}
