package dev.waybill.server.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A time as people read it and as it exactly is.
 *
 * @param ago {@code 4 s ago}, {@code 3 h ago}; the date beyond 30 days
 * @param clock {@code 14:02}, with the date when it was another day (UTC)
 * @param exact {@code 2026-11-20 14:02:03 UTC}
 * @param iso for {@code datetime}
 */
public record When(String ago, String clock, String exact, String iso) {
    private static final DateTimeFormatter EXACT = pattern("uuuu-MM-dd HH:mm:ss 'UTC'");
    private static final DateTimeFormatter DAY = pattern("d MMM uuuu");
    private static final DateTimeFormatter TIME = pattern("HH:mm");
    private static final DateTimeFormatter DAY_AND_TIME = pattern("d MMM HH:mm");

    static When of(Instant at, Instant now) {
        boolean today = at.truncatedTo(ChronoUnit.DAYS).equals(now.truncatedTo(ChronoUnit.DAYS));
        return new When(
                ago(at, now),
                (today ? TIME : DAY_AND_TIME).format(at),
                EXACT.format(at),
                at.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    private static String ago(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (age.isNegative()) {
            return age.abs().toSeconds() < 5 ? "now" : "in " + length(age.abs());
        }
        return age.toDays() > 30 ? DAY.format(at) : length(age) + " ago";
    }

    /** A length with the one unit that fits: {@code 40 s}, {@code 12 min}, {@code 5 h}, {@code 3 d}. */
    public static String length(Duration length) {
        if (length.toSeconds() < 90) {
            return length.toSeconds() + " s";
        }
        if (length.toMinutes() < 90) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < 48 ? length.toHours() + " h" : length.toDays() + " d";
    }

    private static DateTimeFormatter pattern(String text) {
        return DateTimeFormatter.ofPattern(text, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
