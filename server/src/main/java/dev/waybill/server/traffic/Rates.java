package dev.waybill.server.traffic;

import dev.waybill.core.problem.Problem;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many requests a second, on average, one account and one address without an account may send; ten times as many at once.
 * 0 is no limit.
 */
public record Rates(int account, int address) {
    /** Many times what a busy pipeline sends, and a fraction of what the smallest server answers. */
    public static final Rates DEFAULT = new Rates(1000, 100);

    public static final Rates NONE = new Rates(0, 0);

    private static final Pattern SHAPE = Pattern.compile("(account|address)=([1-9][0-9]{0,6}|none)");

    /** With {@code account=N}, {@code address=N} or {@code none} for N; {@code RATE_INVALID}. */
    public Rates with(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new Problem.Malformed(
                            "RATE_INVALID",
                            "Reading the rate '" + text + "'",
                            "it is written neither as account=N nor as address=N.",
                            "Write for example account=1000, requests a second, or account=none.")
                    .exception();
        }
        int rate = matcher.group(2).equals("none") ? 0 : Integer.parseInt(matcher.group(2));
        return matcher.group(1).equals("account") ? new Rates(rate, address) : new Rates(account, rate);
    }
}
