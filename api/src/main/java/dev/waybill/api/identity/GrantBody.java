package dev.waybill.api.identity;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import org.jspecify.annotations.Nullable;

/** A role for one application or all, in one environment or all. */
public record GrantBody(
        String role,
        @Nullable ApplicationName application,
        @Nullable EnvironmentName environment) {}
