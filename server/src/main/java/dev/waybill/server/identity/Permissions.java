package dev.waybill.server.identity;

import dev.waybill.core.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one permission check. Every route and every handler that learns its scope from a body asks here. */
public final class Permissions {
    private Permissions() {}

    public static boolean allows(@Nullable Actor actor, Permission permission, Scope scope) {
        return actor != null && actor.grants().stream().anyMatch(g -> g.gives(permission, scope));
    }

    /** True if the actor holds the permission in at least one place. */
    public static boolean allowsSomewhere(@Nullable Actor actor, Permission permission) {
        return actor != null && actor.grants().stream().anyMatch(g -> g.role().may(permission));
    }

    /** Returns the actor, or throws {@code UNAUTHENTICATED} or {@code FORBIDDEN}. */
    public static Actor require(@Nullable Actor actor, Permission permission, Scope scope) {
        Actor someone = authenticated(actor);
        if (!allows(someone, permission, scope)) {
            throw forbidden(someone, permission, scope.toString(), scope.suffix());
        }
        return someone;
    }

    /** As {@link #require}, for routes that learn their scope later and check it then. */
    public static Actor requireSomewhere(@Nullable Actor actor, Permission permission) {
        Actor someone = authenticated(actor);
        if (!allowsSomewhere(someone, permission)) {
            throw forbidden(someone, permission, "", "");
        }
        return someone;
    }

    private static Actor authenticated(@Nullable Actor actor) {
        if (actor == null) {
            throw new Problem.Unauthenticated(
                            "UNAUTHENTICATED",
                            "Finding out who is asking",
                            "there is no token, or it is unknown, expired or revoked.",
                            "Send a token (`waybill login URL --token T`, or WAYBILL_TOKEN); an admin makes one.")
                    .exception();
        }
        return actor;
    }

    /** Names the roles that would do, each as it is written where tokens are made. */
    private static RuntimeException forbidden(Actor actor, Permission permission, String where, String suffix) {
        String verb = permission.name().toLowerCase(Locale.ROOT);
        String roles = permission == Permission.READ || permission == Permission.MEASURE
                ? Role.VIEWER.label() + suffix + " (every role reads)"
                : Arrays.stream(Role.values())
                        .filter(role -> role.may(permission))
                        .map(role -> role.label() + suffix)
                        .collect(Collectors.joining(" or "));
        return new Problem.Forbidden(
                        "FORBIDDEN",
                        actor.name() + " asked to " + verb + (where.isEmpty() ? "" : " in " + where),
                        (where.isEmpty() ? "no role of " + actor.name() + " anywhere" : "no grant of " + actor.name())
                                + " allows it; that takes the role " + roles + ".",
                        "Ask an admin for a token with that role.")
                .exception();
    }
}
