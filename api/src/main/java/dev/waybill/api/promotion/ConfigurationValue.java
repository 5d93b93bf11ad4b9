package dev.waybill.api.promotion;

import dev.waybill.core.predicate.ConfigurationSet;

/** A value on its way in, or to the agent of its slot. {@code value} is base64 for a file, text otherwise. */
public record ConfigurationValue(ConfigurationSet.Kind kind, String value) {}
