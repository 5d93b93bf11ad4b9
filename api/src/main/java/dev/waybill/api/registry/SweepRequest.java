package dev.waybill.api.registry;

/**
 * Asks for a collection.
 *
 * @param dryRun only says what it would do
 * @param evenMany also when it would take out more than the breaker lets pass
 */
public record SweepRequest(boolean dryRun, boolean evenMany) {}
