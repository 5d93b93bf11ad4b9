package dev.waybill.server.identity;

import java.util.Locale;
import java.util.Optional;

/** What a client may do in a repository (distribution, "Token Scope Documentation"). */
public enum RegistryAction {
    PULL,
    PUSH,
    DELETE;

    /** The action that a request of this method takes. */
    public static RegistryAction of(String method) {
        return switch (method) {
            case "GET", "HEAD" -> PULL;
            case "DELETE" -> DELETE;
            default -> PUSH;
        };
    }

    static Optional<RegistryAction> parse(String label) {
        for (RegistryAction action : values()) {
            if (action.label().equals(label)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if somebody who holds such grants may take this action there: the roles decide, a scope only asks. */
    boolean allowed(Actor actor, Scope scope) {
        return switch (this) {
            case PULL -> Permissions.allows(actor, Permission.READ, scope);
            case PUSH -> Permissions.allows(actor, Permission.BUILD, scope);
            case DELETE ->
                Permissions.allows(actor, Permission.BUILD, scope)
                        || Permissions.allows(actor, Permission.PROMOTE, scope);
        };
    }
}
