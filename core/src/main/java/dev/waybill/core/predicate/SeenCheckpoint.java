package dev.waybill.core.predicate;

/** The ledger checkpoint that a signer had verified when it signed; {@code root} is base64. Spreads evidence of forks. */
public record SeenCheckpoint(String origin, long size, String root) {}
