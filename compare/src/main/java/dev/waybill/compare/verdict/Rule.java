package dev.waybill.compare.verdict;

import java.util.regex.Pattern;

/**
 * Why a kind of difference has its verdict.
 *
 * @param id stable, such as {@code zip.time}; listed in {@code docs/compare.md}
 * @param verdict what a difference of this kind makes of the whole, at least
 * @param why one sentence: why it is harmless, or why it is not
 */
public record Rule(String id, Verdict verdict, String why) implements Comparable<Rule> {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*(\\.[a-z0-9]+(-[a-z0-9]+)*)+");

    public Rule {
        if (!ID.matcher(id).matches() || verdict == Verdict.IDENTICAL || !why.endsWith(".")) {
            throw new IllegalArgumentException("No rule: " + id + " " + verdict + " " + why);
        }
    }

    public static Rule metadata(String id, String why) {
        return new Rule(id, Verdict.METADATA, why);
    }

    public static Rule toolchain(String id, String why) {
        return new Rule(id, Verdict.TOOLCHAIN, why);
    }

    public static Rule base(String id, String why) {
        return new Rule(id, Verdict.BASE, why);
    }

    public static Rule dependency(String id, String why) {
        return new Rule(id, Verdict.DEPENDENCY, why);
    }

    public static Rule functional(String id, String why) {
        return new Rule(id, Verdict.FUNCTIONAL, why);
    }

    public static Rule undecided(String id, String why) {
        return new Rule(id, Verdict.UNDECIDED, why);
    }

    @Override
    public int compareTo(Rule other) {
        return id.compareTo(other.id);
    }
}
