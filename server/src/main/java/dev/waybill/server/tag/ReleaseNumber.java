package dev.waybill.server.tag;

import dev.waybill.core.name.Version;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version with an order (semver.org 2.0.0, 11), perhaps with a leading v. What stands behind a plus has none. */
record ReleaseNumber(List<BigInteger> core, List<String> pre) implements Comparable<ReleaseNumber> {
    private static final Pattern SHAPE = Pattern.compile(
            "v?([0-9]{1,18})\\.([0-9]{1,18})\\.([0-9]{1,18})(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");

    ReleaseNumber {
        core = List.copyOf(core);
        pre = List.copyOf(pre);
    }

    static Optional<ReleaseNumber> parse(Version tag) {
        Matcher matcher = SHAPE.matcher(tag.value());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String pre = matcher.group(4);
        return Optional.of(new ReleaseNumber(
                List.of(
                        new BigInteger(matcher.group(1)),
                        new BigInteger(matcher.group(2)),
                        new BigInteger(matcher.group(3))),
                pre == null ? List.of() : List.of(pre.split("\\.", -1))));
    }

    /** The highest of these names that is a version. */
    static Optional<ReleaseNumber> highest(List<Version> tags) {
        return tags.stream().flatMap(t -> parse(t).stream()).max(Comparator.naturalOrder());
    }

    /** True if an alias such as {@code 1} or {@code v1.2} stands for this one too; other aliases stand for any. */
    boolean goesBy(Version alias) {
        Matcher matcher =
                Pattern.compile("v?([0-9]{1,18})(?:\\.([0-9]{1,18}))?").matcher(alias.value());
        if (!matcher.matches()) {
            return true;
        }
        return core.getFirst().equals(new BigInteger(matcher.group(1)))
                && (matcher.group(2) == null || core.get(1).equals(new BigInteger(matcher.group(2))));
    }

    @Override
    public int compareTo(ReleaseNumber other) {
        for (int i = 0; i < 3; i++) {
            int order = core.get(i).compareTo(other.core.get(i));
            if (order != 0) {
                return order;
            }
        }
        if (pre.isEmpty() || other.pre.isEmpty()) {
            return Boolean.compare(pre.isEmpty(), other.pre.isEmpty());
        }
        for (int i = 0; i < Math.min(pre.size(), other.pre.size()); i++) {
            int order = identifiers(pre.get(i), other.pre.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(pre.size(), other.pre.size());
    }

    /** Numbers by value and before words. */
    private static int identifiers(String one, String other) {
        boolean number = one.matches("[0-9]+");
        boolean otherNumber = other.matches("[0-9]+");
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        return number == otherNumber ? one.compareTo(other) : number ? -1 : 1;
    }
}
