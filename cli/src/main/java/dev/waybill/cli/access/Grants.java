package dev.waybill.cli.access;

import dev.waybill.api.identity.GrantBody;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Roles as people write them: {@code ROLE[:APP[:ENV]]}, where APP may be {@code *}. */
final class Grants {
    private Grants() {}

    static GrantBody parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length > 3 || parts[0].isEmpty()) {
            throw new Problem.Malformed(
                            "ROLE_INVALID",
                            "Reading the role '" + text + "'",
                            "a role is written ROLE, ROLE:APP or ROLE:APP:ENV.",
                            "Write for example approver:shop:production, or promoter:*:staging.")
                    .exception();
        }
        return new GrantBody(
                parts[0],
                parts.length > 1 && !parts[1].equals("*") ? new ApplicationName(parts[1]) : null,
                parts.length > 2 && !parts[2].equals("*") ? new EnvironmentName(parts[2]) : null);
    }

    static String words(List<GrantBody> grants) {
        return grants.stream().map(Grants::words).sorted().collect(Collectors.joining(", "));
    }

    private static String words(GrantBody grant) {
        String application =
                grant.application() == null ? "" : grant.application().toString();
        if (grant.environment() != null) {
            return grant.role() + ":" + (application.isEmpty() ? "*" : application) + ":" + grant.environment();
        }
        return application.isEmpty() ? grant.role() : grant.role() + ":" + application;
    }
}
