package dev.waybill.server.http;

import dev.waybill.server.identity.Permission;
import org.jspecify.annotations.Nullable;

/**
 * What a route demands of whoever calls it, and where its scope stands.
 *
 * @param permission null when anyone may call
 * @param applicationParameter path parameter that names the application, or null
 * @param environmentParameter path parameter that names the environment, or null
 * @param scopeInHandler true when the scope stands in the body or behind a reference: the handler must call
 *     {@link Call#require} once it knows it; the route itself demands the permission somewhere
 */
public record Permit(
        @Nullable Permission permission,
        @Nullable String applicationParameter,
        @Nullable String environmentParameter,
        boolean scopeInHandler) {
    /** For the few routes that everyone may call: the log-in page, static files, the server's name and keys. */
    public static Permit anyone() {
        return new Permit(null, null, null, false);
    }

    /** The permission over the whole server. */
    public static Permit need(Permission permission) {
        return new Permit(permission, null, null, false);
    }

    /** The permission for the application in the path parameter {@code application}. */
    public static Permit needForApplication(Permission permission) {
        return new Permit(permission, "application", null, false);
    }

    /** The permission for the slot in the path parameters {@code environment} and {@code application}. */
    public static Permit needForSlot(Permission permission) {
        return new Permit(permission, "application", "environment", false);
    }

    /** The permission somewhere; the handler checks the exact scope when it knows it. */
    public static Permit needScopedByHandler(Permission permission) {
        return new Permit(permission, null, null, true);
    }
}
