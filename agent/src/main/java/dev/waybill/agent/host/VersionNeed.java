package dev.waybill.agent.host;

import dev.waybill.core.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code >=25}, {@code =25.0.3}, {@code 25} (that line: 25, 25.0.3), or {@code *}. */
record VersionNeed(String text, String operator, List<Integer> version) {
    private static final Pattern SHAPE = Pattern.compile("(>=|=|)\\s*([0-9]{1,6}(?:\\.[0-9]{1,6}){0,4})");

    static VersionNeed parse(String name, String text) {
        if (text.strip().equals("*")) {
            return new VersionNeed(text, "*", List.of());
        }
        Matcher matcher = SHAPE.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Problem.Malformed(
                            "NEED_INVALID",
                            "Reading what the artifact needs: " + name + " '" + text + "'",
                            "a need is >=VERSION, =VERSION, VERSION or *.",
                            "Correct `needs` in waybill.yaml and build the next commit.")
                    .exception();
        }
        return new VersionNeed(text, matcher.group(1), numbers(matcher.group(2)));
    }

    boolean isMetBy(String found) {
        List<Integer> have = numbers(found.split("[^0-9.]")[0]);
        return switch (operator) {
            case "*" -> true;
            case ">=" -> Arrays.compare(array(have), array(version)) >= 0;
            case "=" -> have.equals(version);
            default ->
                have.size() >= version.size() && have.subList(0, version.size()).equals(version);
        };
    }

    /** Only presence can be checked for programs whose version has no common place to stand. */
    void requireAny(String name) {
        if (!operator.equals("*")) {
            throw Host.lacks(name + " " + text, "its version cannot be read on this host.");
        }
    }

    private static int[] array(List<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> numbers(String dotted) {
        return Arrays.stream(dotted.split("\\."))
                .filter(s -> !s.isEmpty())
                .map(Integer::valueOf)
                .toList();
    }
}
