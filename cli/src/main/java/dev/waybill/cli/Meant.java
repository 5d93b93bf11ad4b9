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

/**
 * Adds to an unknown application the names that may have been meant. The server does not say them, for it does not know
 * in that place who may know which; the list of applications holds only those that this person may read.
 */
record Meant(Session session, List<String> words) {
    /** More names than that are no answer. */
    private static final int MOST = 12;

    Problem with(Problem problem) {
        if (!problem.code().equals("APPLICATION_UNKNOWN")) {
            return problem;
        }
        try {
            List<String> known = session.client().artifacts().applications().stream()
                    .map(ApplicationInfo::application)
                    .map(ApplicationName::value)
                    .toList();
            String names = names(known);
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
        List<String> close = words.stream()
                .flatMap(word -> application(word).stream())
                .filter(name -> !known.contains(name))
                .flatMap(name -> Closest.to(name, known).stream())
                .distinct()
                .toList();
        if (!close.isEmpty()) {
            return "Did you mean " + String.join(" or ", close) + "?";
        }
        return known.isEmpty() || known.size() > MOST ? "" : "There are: " + String.join(", ", known) + ".";
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
