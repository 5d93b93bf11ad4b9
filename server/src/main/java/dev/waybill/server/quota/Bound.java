package dev.waybill.server.quota;

import dev.waybill.core.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many uploads one account may have open, and how many bytes in all of them. */
public record Bound(int number, long bytes) {
    /** A thousand pushes at once, or one of a quarter of a terabyte. */
    public static final Bound DEFAULT = new Bound(1000, 256_000_000_000L);

    private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5}):(.{1,20})");

    /** {@code NUMBER:SIZE}; {@code QUOTA_INVALID}. */
    public static Bound parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new Problem.Malformed(
                            "QUOTA_INVALID",
                            "Reading the bound of open uploads '" + text + "'",
                            "it is not written as NUMBER:SIZE.",
                            "Write for example 1000:256GB.")
                    .exception();
        }
        return new Bound(
                Integer.parseInt(matcher.group(1)),
                QuotaPattern.parse("*=" + matcher.group(2)).bytes());
    }
}
