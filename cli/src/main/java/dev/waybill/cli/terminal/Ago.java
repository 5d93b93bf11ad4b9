package dev.waybill.cli.terminal;

import java.time.Duration;
import java.time.Instant;

/** Ages in words, in the one unit that matters. */
public final class Ago {
    private Ago() {}

    public static String words(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        return age.isNegative() ? "just now" : span(age) + " ago";
    }

    public static String span(Duration span) {
        long seconds = span.toSeconds();
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 2 * 3600) {
            return span.toMinutes() + " min";
        }
        return seconds < 2 * 86_400 ? span.toHours() + " h" : span.toDays() + " d";
    }
}
