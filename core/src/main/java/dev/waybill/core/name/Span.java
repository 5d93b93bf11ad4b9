package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it in our files: {@code 30s}, {@code 1h30m}, {@code 2d}; whole seconds, at most 366 days. */
public record Span(Duration length) implements Comparable<Span> {
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final Pattern SHAPE =
            Pattern.compile("(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
    private static final long[] SECONDS = {86_400, 3_600, 60, 1};

    public Span {
        if (length.isNegative()
                || length.isZero()
                || !length.equals(Duration.ofSeconds(length.toSeconds()))
                || length.compareTo(LONGEST) > 0) {
            throw malformed(length.toString());
        }
    }

    @JsonCreator
    public static Span parse(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw malformed(text);
        }
        long seconds = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            String part = parts.group(i + 1);
            seconds += part == null ? 0 : Long.parseLong(part) * SECONDS[i];
        }
        return new Span(Duration.ofSeconds(seconds));
    }

    @Override
    public int compareTo(Span other) {
        return length.compareTo(other.length);
    }

    /** The shortest way to write it: largest units first, units that are zero left out. */
    @JsonValue
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        long rest = length.toSeconds();
        for (int i = 0; i < SECONDS.length; i++) {
            long part = rest / SECONDS[i];
            rest %= SECONDS[i];
            if (part > 0) {
                out.append(part).append("dhms".charAt(i));
            }
        }
        return out.toString();
    }

    private static ProblemException malformed(String text) {
        return new Problem.Malformed(
                        "SPAN_INVALID",
                        "Reading the time '" + text + "'",
                        "a length of time is written with d, h, m and s, such as 30s, 1h30m or 2d, at most 366d.",
                        "Write it so.")
                .exception();
    }
}
