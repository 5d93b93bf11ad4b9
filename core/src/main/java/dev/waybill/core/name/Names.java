package dev.waybill.core.name;

import dev.waybill.core.problem.Problem;
import java.util.regex.Pattern;

/** How the names of this package refuse what they are not. */
final class Names {
    /** A stable code, and the rule as a sentence that starts in the middle. */
    record Rule(String code, String sentence) {}

    private Names() {}

    static void require(String value, Pattern shape, int longest, Rule rule) {
        if (value.length() > longest || !shape.matcher(value).matches()) {
            String shown = value.length() > 80 ? value.substring(0, 80) + "..." : value;
            throw new Problem.Malformed(
                            rule.code(),
                            "Reading '" + shown + "'",
                            rule.sentence() + " (at most " + longest + " characters).",
                            "Correct the name and try again.")
                    .exception();
        }
    }
}
