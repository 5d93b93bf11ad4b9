package dev.waybill.server.identity;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.ProblemException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code repository:NAME:ACTION,ACTION} (distribution, "Token Scope Documentation"): what a client asks a token for.
 *
 * @param repository null for the list of repositories, {@link #CATALOG}
 */
public record RegistryScope(@Nullable ApplicationName repository, Set<RegistryAction> actions) {
    public static final RegistryScope CATALOG = new RegistryScope(null, Set.of(RegistryAction.PULL));

    private static final String CATALOG_TEXT = "registry:catalog:*";
    private static final String TYPE = "repository";

    public RegistryScope {
        actions = Set.copyOf(actions);
    }

    /**
     * The scopes of one parameter, several with blanks between. What this server has nothing to give for (other types, names
     * that no repository can have, actions that do not exist) is left out: asking for more than there is is no error.
     */
    public static List<RegistryScope> parse(String parameter) {
        return Arrays.stream(parameter.strip().split("\\s+"))
                .flatMap(text -> one(text).stream())
                .toList();
    }

    /** Split from both ends: a name may itself hold colons, as host:port. */
    private static Optional<RegistryScope> one(String text) {
        if (text.equals(CATALOG_TEXT)) {
            return Optional.of(CATALOG);
        }
        int type = text.indexOf(':');
        int actions = text.lastIndexOf(':');
        if (type < 0 || actions == type || !text.substring(0, type).equals(TYPE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new RegistryScope(
                    new ApplicationName(text.substring(type + 1, actions)), actions(text.substring(actions + 1))));
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private static Set<RegistryAction> actions(String list) {
        return Arrays.stream(list.split(","))
                .flatMap(a -> a.equals("*") ? Stream.of(RegistryAction.values()) : RegistryAction.parse(a).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(RegistryAction.class)));
    }

    /** What of it somebody may do now. */
    RegistryScope within(Actor actor) {
        // The list itself shows only what its reader may read.
        if (repository == null) {
            return this;
        }
        return new RegistryScope(
                repository,
                actions.stream()
                        .filter(a -> a.allowed(actor, Scope.of(repository)))
                        .collect(Collectors.toSet()));
    }

    /** As it is written in a challenge. */
    @Override
    public String toString() {
        if (repository == null) {
            return CATALOG_TEXT;
        }
        return TYPE + ":" + repository + ":"
                + actions.stream().sorted().map(RegistryAction::label).collect(Collectors.joining(","));
    }
}
