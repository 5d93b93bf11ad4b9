package dev.waybill.agent;

import java.time.Duration;

/**
 * How long to wait before a lost release is started again: a second, then twice as long each time up to a minute, and a
 * second again once it has been well for a minute. Times are nanoseconds of one clock that only grows.
 */
final class Pauses {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofMinutes(1);

    private Duration next = FIRST;
    private boolean well = true;
    private long wellSince;

    /** It runs: call as often as it is seen. */
    void well(long now) {
        if (!well) {
            well = true;
            wellSince = now;
        } else if (now - wellSince >= STEADY.toNanos()) {
            next = FIRST;
        }
    }

    /** It was lost, or an attempt to start it again has failed. */
    Duration lost() {
        Duration pause = next;
        well = false;
        Duration twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
        return pause;
    }
}
