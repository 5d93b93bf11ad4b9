package dev.waybill.server.evidence;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the cases of one suite add up to, and what the suite's attributes claim. */
final class Tally {
    private final Map<String, Long> claims = new TreeMap<>();
    private final Map<String, Long> direct = new TreeMap<>();
    private final Map<String, Long> nested = new TreeMap<>();

    void claim(String attribute, long value) {
        claims.put(attribute, value);
    }

    void count(String attribute) {
        direct.merge(attribute, 1L, Long::sum);
    }

    /** Adds a suite inside. */
    void include(Tally inner) {
        inner.direct.forEach((k, v) -> nested.merge(k, v, Long::sum));
        inner.nested.forEach((k, v) -> nested.merge(k, v, Long::sum));
    }

    /** What is claimed and not so, as a sentence. Writers count either the suite's own cases or those inside as well. */
    Optional<String> disagreement() {
        return disagreement("tests", "rerun")
                .or(() -> disagreement("failures", "rerunFailures"))
                .or(() -> disagreement("errors", "rerunErrors"))
                .or(this::skippedDisagreement);
    }

    private Optional<String> disagreement(String attribute, String reruns) {
        OptionalLong claim = claim(attribute);
        if (claim.isEmpty() || fits(claim.getAsLong(), attribute, reruns)) {
            return Optional.empty();
        }
        return Optional.of(says(attribute, claim.getAsLong(), total(attribute)));
    }

    /** googletest counts what is disabled apart from what was skipped. */
    private Optional<String> skippedDisagreement() {
        OptionalLong claim = claim("skipped");
        if (claim.isEmpty()) {
            return Optional.empty();
        }
        long disabled = claim("disabled").orElse(0);
        boolean agrees =
                fits(claim.getAsLong(), "skipped", "none") || fits(claim.getAsLong() + disabled, "skipped", "none");
        return agrees ? Optional.empty() : Optional.of(says("skipped", claim.getAsLong(), total("skipped")));
    }

    /** Runs that were repeated may be counted once or each time. */
    private boolean fits(long claim, String attribute, String reruns) {
        long own = direct.getOrDefault(attribute, 0L);
        long all = total(attribute);
        return (claim >= own && claim <= own + direct.getOrDefault(reruns, 0L))
                || (claim >= all && claim <= all + total(reruns));
    }

    private long total(String attribute) {
        return direct.getOrDefault(attribute, 0L) + nested.getOrDefault(attribute, 0L);
    }

    private OptionalLong claim(String attribute) {
        Long value = claims.get(attribute);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static String says(String attribute, long claimed, long counted) {
        return "its attribute " + attribute + " says " + claimed + ", but its cases add up to " + counted + ".";
    }
}
