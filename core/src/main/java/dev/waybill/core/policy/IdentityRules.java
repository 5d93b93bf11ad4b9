package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.passed;
import static dev.waybill.core.policy.Policy.refused;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Registration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose bytes these are, and who asks why. */
final class IdentityRules {
    private IdentityRules() {}

    /** Registrations of the digest for the slot's application. More than one only when two commits gave the same bytes. */
    static List<Fact<Registration>> registrations(History history) {
        return history.registrations().stream()
                .filter(f -> history.counts(f.index()))
                .filter(f -> f.says().application().equals(history.slot().application()))
                .toList();
    }

    static Evaluation.Line registered(Gate.Registered gate, History history) {
        List<Fact<Registration>> found = registrations(history);
        if (found.isEmpty()) {
            return refused(
                    gate,
                    history.artifact() + " is not registered for "
                            + history.slot().application()
                            + ". Register it with its commit: `waybill register`, or build it with `waybill build`.",
                    List.of());
        }
        Registration first = found.getFirst().says();
        return passed(
                gate,
                "Registered for " + first.application() + " at commit " + first.commit() + " by " + first.by() + ".",
                ids(found));
    }

    static Evaluation.Line knownAuthor(Gate.KnownAuthor gate, History history) {
        List<Fact<Registration>> found = registrations(history);
        boolean known = found.stream().anyMatch(f -> f.says().author() != null);
        return known
                ? passed(gate, "The commit's author is known.", ids(found))
                : refused(
                        gate,
                        "The commit's author is unknown. Register the artifact with `waybill build`, or name the author"
                                + " when registering.",
                        ids(found));
    }

    static Evaluation.Line reason(Gate.Reason gate, History history) {
        return gate.why().isBlank()
                ? refused(gate, "Nobody says why. Give the reason: --why TEXT.", List.of())
                : passed(
                        gate,
                        history.request().by() + " says why: " + gate.why().strip(),
                        List.of());
    }

    /** E-mail addresses of author and committer, lower case. */
    static Set<String> writers(History history) {
        return registrations(history).stream()
                .map(Fact::says)
                .flatMap(r -> Stream.of(r.author(), r.committer()))
                .filter(Objects::nonNull)
                .map(Person::email)
                .map(IdentityRules::email)
                .filter(e -> !e.isEmpty())
                .collect(Collectors.toSet());
    }

    static String email(String text) {
        return text.strip().toLowerCase(Locale.ROOT);
    }

    private static List<Digest> ids(List<Fact<Registration>> facts) {
        return facts.stream().map(Fact::id).toList();
    }
}
