package dev.waybill.agent.host;

import java.time.Duration;

/** Waiting between two looks at something that another process does. */
final class Pause {
    private Pause() {}

    /** An interrupt means that the agent ends: the journal knows how to go on. */
    static void of(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The agent was told to end", e);
        }
    }
}
