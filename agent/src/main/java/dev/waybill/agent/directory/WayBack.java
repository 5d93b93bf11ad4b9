package dev.waybill.agent.directory;

import dev.waybill.core.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where going back on this host goes to. Unless somebody names a release: to the newest good one before the one that serves that
 * is something else and that no rollback left, so that going back twice in a row never lands where somebody fled from.
 */
final class WayBack {
    private final List<Kept> kept;
    private final @Nullable Long running;

    /** @param kept newest first */
    WayBack(List<Kept> kept, @Nullable Long running) {
        this.kept = kept;
        this.running = running;
    }

    /** {@code RELEASE_NOT_KEPT}, with what could be named. */
    Kept to(@Nullable Long number) {
        Set<Long> left = left();
        return kept.stream()
                .filter(k -> k.state() == Kept.State.GOOD)
                .filter(k -> number == null ? isBefore(k) && !left.contains(k.number()) : k.number() == number)
                .findFirst()
                .orElseThrow(() -> notKept(number));
    }

    private boolean isBefore(Kept earlier) {
        if (running == null) {
            return true;
        }
        return earlier.number() < running
                && kept.stream()
                        .filter(k -> k.number() == running)
                        .noneMatch(now -> now.artifact().equals(earlier.artifact())
                                && now.configurationVersion() == earlier.configurationVersion());
    }

    private Set<Long> left() {
        Set<Long> left = new HashSet<>();
        for (Kept back : kept) {
            Long to = back.rollbackTo();
            if (to != null) {
                kept.stream()
                        .map(Kept::number)
                        .filter(n -> n > to && n < back.number())
                        .forEach(left::add);
            }
        }
        return left;
    }

    private RuntimeException notKept(@Nullable Long number) {
        String good = kept.stream()
                .filter(k -> k.state() == Kept.State.GOOD)
                .map(Kept::number)
                .filter(n -> !n.equals(running))
                .map(n -> "#" + n)
                .collect(Collectors.joining(", "));
        return new Problem.NotFound(
                        "RELEASE_NOT_KEPT",
                        number == null ? "Going back" : "Going back to release " + number,
                        number == null
                                ? "no earlier good release lies on this host that differs from what serves and that no"
                                        + " rollback left."
                                : "no such release that was healthy here lies on this host.",
                        good.isEmpty()
                                ? "No other good release is kept here: roll back through the server."
                                : "Name one with --to: " + good + "; or roll back through the server.")
                .exception();
    }
}
