package dev.waybill.api.deploy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Observation;
import org.jspecify.annotations.Nullable;

/**
 * The latest logged observation of a target and the id of the statement that says so.
 *
 * @param unlogged what the agent's newest sign of life says instead, signed and not in the ledger; null while it says the same
 */
public record ObservationView(
        Digest statement, Observation observation, @Nullable Observation unlogged) {}
