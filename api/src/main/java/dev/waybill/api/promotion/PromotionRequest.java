package dev.waybill.api.promotion;

import dev.waybill.core.name.EnvironmentName;

/** Bring what {@code ref} means into an environment. */
public record PromotionRequest(String ref, EnvironmentName to) {}
