package dev.waybill.doctor.check;

import dev.waybill.doctor.source.Place;
import java.util.List;

/**
 * Something that breaks the way from one build to production.
 *
 * @param rule {@code WB101} and so on, never given a second meaning
 * @param environments those concerned
 * @param chains from an environment back to its build, as places
 * @param cause as the practice names it
 */
public record Finding(
        String rule,
        Level level,
        Verdict verdict,
        String message,
        List<String> environments,
        List<Chain> chains,
        String cause,
        String advice) {
    /** How much it matters. */
    public enum Level {
        ERROR,
        WARNING,
        NOTE
    }

    /** @param places outermost first */
    public record Chain(String label, List<Place> places) {}
}
