package dev.waybill.agent.directory;

import java.time.Instant;

/**
 * A process that a driver started.
 *
 * @param mark tells it from a later process with the same pid: boot id and start in clock ticks on Linux
 */
public record Started(long number, String directory, long pid, String mark, Instant startedAt) {}
