package dev.waybill.cli.access;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.identity.GrantBody;
import dev.waybill.api.insight.RunningView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

    /**
     * Applications and environments that nobody knows yet, each with what may have been meant. Only told: a builder's token
     * is often made before the first build.
     */
    static List<String> unknown(WaybillClient client, List<GrantBody> grants, @Nullable EnvironmentName pullOnly) {
        boolean anywhere = grants.stream().allMatch(g -> g.application() == null && g.environment() == null);
        if (anywhere && pullOnly == null) {
            return List.of();
        }
        try {
            return look(client, grants, pullOnly);
        } catch (ProblemException e) {
            // The token is made; that nobody could look whether its places exist takes nothing from it.
            return List.of();
        }
    }

    private static List<String> look(WaybillClient client, List<GrantBody> grants, @Nullable EnvironmentName pullOnly) {
        List<Slot> slots =
                client.insight().running(null).stream().map(RunningView::slot).toList();
        List<String> applications = Stream.concat(
                        client.artifacts().applications().stream()
                                .map(a -> a.application().value()),
                        slots.stream().map(s -> s.application().value()))
                .distinct()
                .toList();
        List<String> notes = new ArrayList<>();
        for (GrantBody grant : grants) {
            ApplicationName application = grant.application();
            EnvironmentName environment = grant.environment();
            if (application != null) {
                unknown("application", application.value(), applications).ifPresent(notes::add);
            }
            if (environment != null) {
                unknown("environment", environment.value(), environments(slots, application))
                        .ifPresent(notes::add);
            }
        }
        if (pullOnly != null) {
            unknown("environment", pullOnly.value(), environments(slots, null)).ifPresent(notes::add);
        }
        return notes.stream().distinct().toList();
    }

    private static List<String> environments(List<Slot> slots, @Nullable ApplicationName application) {
        return slots.stream()
                .filter(s -> application == null || s.application().equals(application))
                .map(s -> s.environment().value())
                .distinct()
                .toList();
    }

    private static Optional<String> unknown(String kind, String name, List<String> known) {
        if (known.contains(name)) {
            return Optional.empty();
        }
        List<String> close = Closest.to(name, known);
        return Optional.of("There is no " + kind + " '" + name + "' yet; the role counts once there is."
                + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?"));
    }
}
