package dev.waybill.api.deploy;

import org.jspecify.annotations.Nullable;

/**
 * Says that an agent is alive and what it saw last; signed as a statement of kind observation that is kept, not logged.
 *
 * @param everySeconds how often the agent says so; null from one that does not tell
 */
public record Heartbeat(SignedBody observation, @Nullable Long everySeconds) {}
