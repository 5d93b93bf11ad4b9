package dev.waybill.server.identity;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, and by what.
 *
 * @param token id of the token that stands behind it; null for nobody in particular
 * @param limits what a registry client's access token was made for; null for a token without such limits
 */
public record Caller(
        Actor actor, @Nullable String token, @Nullable List<RegistryScope> limits) {
    /** Nobody else may have this name. */
    public static final ActorName NOBODY = new ActorName("anonymous");

    /** Everybody who says nothing of themselves, where an operator opened applications to everybody. */
    static Caller nobody(List<Grant> grants) {
        return new Caller(new Actor(NOBODY, Set.of(), grants), null, null);
    }

    /** True for whoever did not say who they are. */
    public boolean isNobody() {
        return token == null;
    }

    /** True if the token that was shown was made for this; the roles of its owner are another question. */
    public boolean covers(ApplicationName repository, RegistryAction action) {
        return limits == null
                || limits.stream()
                        .anyMatch(s ->
                                repository.equals(s.repository()) && s.actions().contains(action));
    }

    /** True if the token that was shown was made for listing repositories, too. */
    public boolean coversCatalog() {
        return limits == null || limits.contains(RegistryScope.CATALOG);
    }
}
