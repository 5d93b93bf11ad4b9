package dev.waybill.api.promotion;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes to a slot's configuration; what is not named stays. {@code expectedVersion} refuses a lost update. */
public record ConfigurationChange(
        Map<String, ConfigurationValue> set,
        List<String> unset,
        @Nullable Long expectedVersion) {}
