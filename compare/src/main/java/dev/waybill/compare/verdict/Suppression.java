package dev.waybill.compare.verdict;

import java.time.LocalDate;
import java.util.regex.Pattern;

/**
 * Somebody answers for a kind of finding. It stays in the result, marked, and no longer decides.
 *
 * @param rule id of a rule, never a pattern: who suppresses has to know what
 * @param where the place as it is shown, with {@code *} for anything but {@code !} and {@code **} for anything
 * @param reason why it is accepted
 * @param owner who answers for it
 * @param until the last day on which it holds
 */
public record Suppression(String rule, String where, String reason, String owner, LocalDate until) {
    public Suppression {
        if (reason.isBlank() || owner.isBlank() || rule.isBlank() || where.isBlank()) {
            throw new IllegalArgumentException("A suppression names its rule, place, reason and owner");
        }
    }

    public boolean covers(Finding finding, LocalDate today) {
        return !today.isAfter(until)
                && finding.rule().id().equals(rule)
                && pattern().matcher(finding.place()).matches();
    }

    private Pattern pattern() {
        StringBuilder pattern = new StringBuilder();
        for (String part : where.split("(?<=\\*\\*)|(?=\\*\\*)")) {
            if (part.equals("**")) {
                pattern.append(".*");
            } else {
                pattern.append(String.join(
                        "[^!]*",
                        part.chars().filter(c -> c == '*').count() == 0
                                ? new String[] {Pattern.quote(part)}
                                : quoted(part)));
            }
        }
        return Pattern.compile(pattern.toString(), Pattern.DOTALL);
    }

    private static String[] quoted(String part) {
        String[] pieces = part.split("\\*", -1);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = Pattern.quote(pieces[i]);
        }
        return pieces;
    }
}
