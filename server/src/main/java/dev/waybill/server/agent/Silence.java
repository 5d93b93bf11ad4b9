package dev.waybill.server.agent;

import java.time.Duration;

/**
 * After how long without a sign of life nothing is known of a target: 15 seconds, or two heartbeats of an agent that says
 * that it sends fewer. What an agent says of itself counts up to a limit, so that none can speak itself alive for hours.
 */
public final class Silence {
    /** Three heartbeats of the default five seconds. */
    public static final Duration LEAST = Duration.ofSeconds(15);

    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(60);

    private Silence() {}

    /** @param every how often the agent says that it lives; zero when it did not say */
    public static Duration after(Duration least, Duration every) {
        Duration two = believed(every).multipliedBy(2);
        return two.compareTo(least) > 0 ? two : least;
    }

    /** What is taken of an agent's own word. */
    public static Duration believed(Duration every) {
        if (every.isNegative()) {
            return Duration.ZERO;
        }
        return every.compareTo(LONGEST_HEARTBEAT) < 0 ? every : LONGEST_HEARTBEAT;
    }
}
