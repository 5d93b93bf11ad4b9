package dev.waybill.server.identity;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Ref;
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

    /** Where what a reference names would be read, as far as the reference itself tells: a digest tells nothing. */
    public static Scope of(Ref ref) {
        return switch (ref) {
            case Ref.ByDigest r -> EVERYWHERE;
            case Ref.ByCommit r -> of(r.application());
            case Ref.ByVersion r -> of(r.application());
            case Ref.InSlot r -> of(r.slot());
            case Ref.ByRelease r -> of(r.release().slot());
        };
    }

    /** The same without the environment. */
    public Scope anyEnvironment() {
        return new Scope(application, null);
    }

    /** What stands behind a role where one is granted for this scope: {@code :APP:ENV}, {@code :APP} or nothing. */
    String suffix() {
        if (application == null) {
            return "";
        }
        return ":" + application + (environment == null ? "" : ":" + environment);
    }

    @Override
    public String toString() {
        if (application == null) {
            return environment == null ? "the whole server" : environment.toString();
        }
        return environment == null ? application.toString() : environment + "/" + application;
    }
}
