package dev.waybill.server.distribution;

import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.http.Challenge;
import dev.waybill.server.identity.RegistryAction;
import dev.waybill.server.identity.RegistryScope;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a client is told that must say who it is (distribution, "Token Authentication Specification", 2): where to get a
 * token, and for what. Every parameter is quoted, and the place is this server itself, or clients refuse it
 * (go-containerregistry issue 2258).
 *
 * @param service the server's name
 * @param behindProxy true when clients reach this server by https
 */
public record Challenges(String service, boolean behindProxy) implements Challenge {
    static final String PATH = "/token";

    @Override
    public String of(String from, Call.RequestLine line) {
        if (line.path().equals(PATH)) {
            return "Basic realm=\"Waybill\", charset=\"UTF-8\"";
        }
        String origin = behindProxy ? from.replaceFirst("^http:", "https:") : from;
        String challenge = "Bearer realm=\"" + quotable(origin) + PATH + "\",service=\"" + service + "\"";
        String scope = scope(line);
        return scope.isEmpty() ? challenge : challenge + ",scope=\"" + scope + "\"";
    }

    /** What stands in a quoted string must not end it; neither scheme nor host ever has such characters. */
    private static String quotable(String origin) {
        return origin.replaceAll("[^A-Za-z0-9.:/\\[\\]_-]", "");
    }

    private static String scope(Call.RequestLine line) {
        try {
            return switch (OciRoute.parse(line.method(), line.path(), line.query())) {
                case OciRoute.MountBlob r
                when r.from() != null -> scope(r) + " " + new RegistryScope(r.from(), Set.of(RegistryAction.PULL));
                case OciRoute.InRepository r -> scope(r);
                case OciRoute.Catalog r -> RegistryScope.CATALOG.toString();
                case OciRoute.Ping r -> "";
            };
        } catch (ProblemException e) {
            return "";
        }
    }

    /** Who pushes reads there too: clients look first what is there already. */
    private static String scope(OciRoute.InRepository route) {
        RegistryAction action = Admission.action(route);
        return new RegistryScope(
                        route.name(),
                        action == RegistryAction.PUSH
                                ? EnumSet.of(RegistryAction.PULL, RegistryAction.PUSH)
                                : EnumSet.of(action))
                .toString();
    }
}
