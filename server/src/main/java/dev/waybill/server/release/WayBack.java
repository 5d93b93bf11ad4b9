package dev.waybill.server.release;

import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a rollback goes that names no release: to the newest that succeeded, is something else than what serves, is not vetoed, and was
 * not left by an earlier rollback. Who goes back twice in a row does not land on the release that they fled from.
 */
public final class WayBack {
    private static final int SHOWN = 10;

    private final Slot slot;
    private final List<Release> releases;
    private final Predicate<Release> vetoed;
    private final @Nullable Release serving;

    /**
     * @param releases of the slot, newest first
     * @param vetoed whether a veto keeps a release out of the slot; nobody is led back to one
     */
    public WayBack(Slot slot, List<Release> releases, Predicate<Release> vetoed) {
        this.slot = slot;
        this.vetoed = vetoed;
        this.releases = List.copyOf(releases);
        this.serving = serving(this.releases).orElse(null);
    }

    /** {@code ROLLBACK_NOTHING} when none is left; it lists what could be named. */
    public Release target() {
        Set<Long> left = left();
        return possible().stream()
                .filter(r -> !left.contains(r.says().number()))
                .findFirst()
                .orElseThrow(this::nothing);
    }

    /** Newest first: whatever succeeded and would change something. */
    private List<Release> possible() {
        Release now = serving;
        return releases.stream()
                .skip(1)
                .filter(r -> r.outcome() == Release.Outcome.SUCCEEDED)
                .filter(vetoed.negate())
                .filter(r -> now == null
                        || !r.isSame(now.says().artifact(), now.says().configurationVersion()))
                .toList();
    }

    /** A rollback to k as release n leaves all releases between the two. */
    private Set<Long> left() {
        Set<Long> left = new HashSet<>();
        for (Release release : releases) {
            Long to = release.says().rollbackTo();
            for (long n = to == null ? Long.MAX_VALUE : to + 1;
                    n < release.says().number();
                    n++) {
                left.add(n);
            }
        }
        return left;
    }

    /** The newest, unless it gave way to the one before or never took its place; nothing after one that left nothing running. */
    private static Optional<Release> serving(List<Release> releases) {
        return releases.stream()
                .filter(r -> r.outcome() != Release.Outcome.RETURNED && r.outcome() != Release.Outcome.FAILED)
                .findFirst()
                .filter(r -> r.outcome() != Release.Outcome.DOWN);
    }

    private RuntimeException nothing() {
        List<Release> possible = possible();
        String named =
                possible.stream().limit(SHOWN).map(r -> "#" + r.says().number()).collect(Collectors.joining(", "));
        String tried = "Rolling " + slot + " back";
        return possible.isEmpty()
                ? new Problem.NotFound(
                                "ROLLBACK_NOTHING",
                                tried,
                                "no earlier release succeeded there that differs from what serves and is not vetoed.",
                                "Promote another artifact.")
                        .exception()
                : new Problem.NotFound(
                                "ROLLBACK_NOTHING",
                                tried,
                                "every earlier release that succeeded there was left by a rollback already.",
                                "Name one of them with --to: " + named + (possible.size() > SHOWN ? " or older" : "")
                                        + "; or promote another artifact.")
                        .exception();
    }
}
