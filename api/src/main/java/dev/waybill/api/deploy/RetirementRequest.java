package dev.waybill.api.deploy;

/** An agent leaves; {@code why} is required. */
public record RetirementRequest(String why) {}
