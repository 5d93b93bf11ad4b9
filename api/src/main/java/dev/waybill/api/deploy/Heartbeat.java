package dev.waybill.api.deploy;

/** Says that an agent is alive and what it saw last; signed as a statement of kind observation that is kept, not logged. */
public record Heartbeat(SignedBody observation) {}
