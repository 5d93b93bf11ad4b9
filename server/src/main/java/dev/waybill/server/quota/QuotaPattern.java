package dev.waybill.server.quota;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Glob;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code APP=SIZE}: what each application that the pattern matches may hold; {@code *} stands for any characters. */
public record QuotaPattern(String application, long bytes) {
    private static final Pattern SHAPE = Pattern.compile("([a-z0-9._/*-]{1,200})=([0-9]{1,12})(B|kB|MB|GB|TB)");
    private static final Map<String, Long> UNITS =
            Map.of("B", 1L, "kB", 1000L, "MB", 1000_000L, "GB", 1000_000_000L, "TB", 1000_000_000_000L);

    /** {@code QUOTA_INVALID}. */
    public static QuotaPattern parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "it is not written as APP=SIZE.");
        }
        return new QuotaPattern(matcher.group(1), bytes(text, matcher.group(2), matcher.group(3)));
    }

    private static long bytes(String text, String number, String unit) {
        long one = UNITS.getOrDefault(unit, 1L);
        long count = Long.parseLong(number);
        if (count == 0 || count > Long.MAX_VALUE / one) {
            throw invalid(text, "its size is nothing, or more than can be counted.");
        }
        return count * one;
    }

    private static RuntimeException invalid(String text, String missing) {
        return new Problem.Malformed(
                        "QUOTA_INVALID",
                        "Reading the quota '" + text + "'",
                        missing,
                        "Write for example shop=50GB or '*=10GB'; the units are B, kB, MB, GB and TB, in thousands.")
                .exception();
    }

    boolean matches(ApplicationName name) {
        return Glob.matches(application, name.value());
    }
}
