package dev.waybill.server.distribution;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.http.Call;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import dev.waybill.server.identity.Permission;
import dev.waybill.server.identity.Permissions;
import dev.waybill.server.identity.RegistryAction;
import dev.waybill.server.identity.Scope;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.tag.TagRules;
import java.util.List;

/** Whether a request to the registry may go on: by the roles of whoever asks, and by what their short token was made for. */
final class Admission {
    private Admission() {}

    /**
     * Who asks. Whoever may not is told so (FORBIDDEN); whoever only showed a token for less, or none, is told to come again
     * with another one, or clients never ask for it.
     */
    static Actor require(Call call, OciRoute.InRepository route) {
        Scope scope = Scope.of(route.name());
        boolean nobody = call.caller().filter(c -> !c.isNobody()).isEmpty();
        // Where a name has pointed says who moved it: not for whoever does not say who they are.
        boolean tellsOfPeople = route instanceof OciRoute.TagHistory;
        if (nobody && (tellsOfPeople || !Permissions.allows(call.actor().orElse(null), permission(route), scope))) {
            throw unknown();
        }
        Actor actor = call.require(permission(route), scope);
        if (!covers(call, route.name(), action(route))) {
            throw tooNarrow("to " + action(route).label() + " in " + route.name());
        }
        return actor;
    }

    /** With a manifest its names go, and those are taken away by whoever gives them (zot issue 4266: judge the effect). */
    static void requireUnnaming(Call call, ApplicationName name, List<Version> names) {
        if (names.stream().anyMatch(Admission::isName)) {
            call.require(Permission.PROMOTE, Scope.of(name));
        }
    }

    private static boolean isName(Version tag) {
        return !TagRules.isFallback(tag);
    }

    /** Who may list repositories: everybody who said who they are, with a token that was made for it. */
    static void requireCatalog(Call call) {
        Caller caller = call.caller().filter(c -> !c.isNobody()).orElseThrow(Admission::unknown);
        if (!caller.coversCatalog()) {
            throw tooNarrow("to list repositories");
        }
    }

    private static RuntimeException tooNarrow(String what) {
        return new Problem.Unauthenticated(
                        "ACCESS_TOKEN_TOO_NARROW",
                        "Asking " + what,
                        "the short token that was sent was made for something else.",
                        "Get one for the scope in WWW-Authenticate; clients do that themselves.")
                .exception();
    }

    /** What is not there, as whoever does not say who they are is told of it: not who took it out, nor why. */
    static ProblemException plain(ProblemException said) {
        return said.problem() instanceof Problem.NotFound missing
                ? new Problem.NotFound(
                                missing.code(),
                                "Looking for it in the registry",
                                "it is not there.",
                                "Look at the repository's tags, or log in.")
                        .exception()
                : said;
    }

    static RuntimeException unknown() {
        return new Problem.Unauthenticated(
                        "UNAUTHENTICATED",
                        "Finding out who is asking",
                        "there is no token, or it is unknown, expired or revoked.",
                        "Log in with any user name and a token of this server as the password; an admin makes one.")
                .exception();
    }

    /**
     * True if the owner of the token that was shown may read there. A client that pushes has a short token for where it
     * pushes, and none for where the same bytes may lie already: it does not know that place.
     */
    static boolean ownerMayRead(Call call, ApplicationName name) {
        return Permissions.allows(call.actor().orElse(null), Permission.READ, Scope.of(name));
    }

    private static boolean covers(Call call, ApplicationName name, RegistryAction action) {
        return call.caller().filter((Caller c) -> c.covers(name, action)).isPresent();
    }

    /** Whatever belongs to an upload pushes, also asking how far it is and giving it up. */
    static RegistryAction action(OciRoute.InRepository route) {
        return switch (route) {
            case OciRoute.PullBlob r -> RegistryAction.PULL;
            case OciRoute.PullManifest r -> RegistryAction.PULL;
            case OciRoute.ListTags r -> RegistryAction.PULL;
            case OciRoute.ListReferrers r -> RegistryAction.PULL;
            case OciRoute.TagHistory r -> RegistryAction.PULL;
            case OciRoute.DeleteBlob r -> RegistryAction.DELETE;
            case OciRoute.DeleteManifest r -> RegistryAction.DELETE;
            default -> RegistryAction.PUSH;
        };
    }

    /**
     * What shows content needs READ there, what changes or may come to change it needs BUILD. Taking a name away again is
     * for those who give names; the names by which clients find signatures are not meant.
     */
    static Permission permission(OciRoute.InRepository route) {
        return switch (route) {
            case OciRoute.PullBlob r -> Permission.READ;
            case OciRoute.PullManifest r -> Permission.READ;
            case OciRoute.ListTags r -> Permission.READ;
            case OciRoute.ListReferrers r -> Permission.READ;
            case OciRoute.TagHistory r -> Permission.READ;
            case OciRoute.DeleteManifest r
            when r.reference() instanceof Reference.ByTag(Version tag) && isName(tag) -> Permission.PROMOTE;
            default -> Permission.BUILD;
        };
    }
}
