package dev.waybill.server.identity;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import org.jspecify.annotations.Nullable;

/** A role for one application or all (null), in one environment or all (null). */
public record Grant(
        Role role,
        @Nullable ApplicationName application,
        @Nullable EnvironmentName environment) {
    public static Grant everywhere(Role role) {
        return new Grant(role, null, null);
    }

    /**
     * True if this grant gives the permission there. Acting demands a grant that covers the whole scope: a grant for one
     * application is no right over the server. Reading what is not tied to an environment needs a grant for any of them.
     */
    boolean gives(Permission permission, Scope scope) {
        if (!role.may(permission)) {
            return false;
        }
        boolean reading = permission == Permission.READ;
        boolean applicationFits = application == null
                || application.equals(scope.application())
                || (reading && scope.application() == null);
        boolean environmentFits = environment == null
                || environment.equals(scope.environment())
                || (reading && scope.environment() == null);
        return applicationFits && environmentFits;
    }
}
