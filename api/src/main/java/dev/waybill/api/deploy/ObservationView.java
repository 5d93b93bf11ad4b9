package dev.waybill.api.deploy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Observation;

/** The latest observation of a target and the id of the statement that says so. */
public record ObservationView(Digest statement, Observation observation) {}
