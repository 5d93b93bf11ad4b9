package dev.waybill.cli;

import dev.waybill.api.artifact.ApplicationInfo;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Ref;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Closest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a question about an unknown application the names that may have been meant. The server does not say them, for it does not know
 * in that place who may know which; the list of applications holds only those that this person may read.
 */
record Meant(Session session, List<String> words) {
    /** More names than that are no answer. */
    private static final int MOST = 12;

    /** What a question about an application that nobody knows, or may see, ends with. */
    private static final Set<String> CODES = Set.of("APPLICATION_UNKNOWN", "NOTHING_FOUND", "SLOT_UNKNOWN");

    Problem with(Problem problem) {
        if (!CODES.contains(problem.code())) {
            return problem;
        }
        try {
            String names = names(session.client().artifacts().applications().stream()
                    .map(ApplicationInfo::application)
                    .map(ApplicationName::value)
                    .toList());
            return names.isEmpty()
                    ? problem
                    : new Problem.NotFound(
                            problem.code(), problem.tried(), problem.missing() + " " + names, problem.next());
        } catch (ProblemException | IOException e) {
            // The first answer is worth more than why there is no second one.
            return problem;
        }
    }

    private String names(List<String> known) {
        Optional<String> unknown = words.stream()
                .flatMap(word -> application(word).stream())
                .filter(name -> !known.contains(name))
                .findFirst();
        if (unknown.isEmpty()) {
            return "";
        }
        String none = "You see no application '" + unknown.get() + "'.";
        List<String> close = Closest.to(unknown.get(), known);
        if (!close.isEmpty()) {
            return none + " Did you mean " + String.join(" or ", close) + "?";
        }
        return known.isEmpty() || known.size() > MOST ? none : none + " There are: " + String.join(", ", known) + ".";
    }

    private static Optional<String> application(String word) {
        try {
            return switch (Ref.parse(word)) {
                case Ref.ByCommit r -> Optional.of(r.application().value());
                case Ref.ByVersion r -> Optional.of(r.application().value());
                case Ref.InSlot r -> Optional.of(r.slot().application().value());
                case Ref.ByRelease r ->
                    Optional.of(r.release().slot().application().value());
                case Ref.ByDigest r -> Optional.empty();
            };
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }
}
