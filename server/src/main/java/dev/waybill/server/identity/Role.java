package dev.waybill.server.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What a person or machine is trusted to do. Every role may read. */
public enum Role {
    VIEWER(EnumSet.noneOf(Permission.class)),
    BUILDER(EnumSet.of(Permission.BUILD)),
    PROMOTER(EnumSet.of(Permission.PROMOTE)),
    APPROVER(EnumSet.of(Permission.APPROVE)),
    CONFIGURER(EnumSet.of(Permission.CONFIGURE)),
    AGENT(EnumSet.of(Permission.DEPLOY)),
    /** Applies pipelines and grants; whoever administers is not thereby an approver. */
    ADMIN(EnumSet.of(Permission.ADMINISTER, Permission.BUILD, Permission.PROMOTE, Permission.CONFIGURE));

    private final Set<Permission> permissions;

    Role(Set<Permission> permissions) {
        EnumSet<Permission> all = EnumSet.copyOf(permissions.isEmpty() ? EnumSet.of(Permission.READ) : permissions);
        all.add(Permission.READ);
        all.add(Permission.MEASURE);
        this.permissions = all;
    }

    boolean may(Permission permission) {
        return permissions.contains(permission);
    }

    @JsonCreator
    public static Role parse(String label) {
        for (Role role : values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        throw new Problem.Malformed(
                        "ROLE_INVALID",
                        "Reading the role '" + label + "'",
                        "roles are viewer, builder, promoter, approver, configurer, agent and admin.",
                        "Use one of these.")
                .exception();
    }

    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
