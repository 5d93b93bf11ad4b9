package dev.waybill.server.identity;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import org.jspecify.annotations.Nullable;

/** Where something is done; null means that the thing is not tied to one application or environment. */
public record Scope(
        @Nullable ApplicationName application, @Nullable EnvironmentName environment) {
    public static final Scope EVERYWHERE = new Scope(null, null);

    public static Scope of(ApplicationName application) {
        return new Scope(application, null);
    }

    public static Scope of(Slot slot) {
        return new Scope(slot.application(), slot.environment());
    }

    @Override
    public String toString() {
        if (application == null) {
            return environment == null ? "the whole server" : environment.toString();
        }
        return environment == null ? application.toString() : environment + "/" + application;
    }
}
