package dev.waybill.compare.walk;

import dev.waybill.compare.verdict.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Libraries that are on one side only: {@code WEB-INF/lib/a-1.2.jar} here and {@code WEB-INF/lib/a-1.3.jar} there are one
 * library in two versions. Told by the directory and the name, which is how a servlet container and a launcher find them.
 */
final class Leftover {
    private static final Pattern LIBRARY =
            Pattern.compile("(/(?:.*/)?libs?/)([^/]+?)(?:-(v?[0-9][^/]*))?\\.(jar|war|rar|nbm)");

    /** One library that is another version, or on one side only. */
    record Drift(
            String name,
            Rule rule,
            @Nullable String before,
            @Nullable String after) {}

    private final Map<String, List<String>> first = new TreeMap<>();
    private final Map<String, List<String>> second = new TreeMap<>();

    /** Takes it when it is a library. */
    boolean takes(String name, boolean ofFirst) {
        Matcher matcher = LIBRARY.matcher(name);
        if (!matcher.matches()) {
            return false;
        }
        String stem = matcher.group(1) + matcher.group(2) + "." + matcher.group(4);
        (ofFirst ? first : second).computeIfAbsent(stem, s -> new ArrayList<>()).add(name);
        return true;
    }

    List<Drift> drifts() {
        List<Drift> drifts = new ArrayList<>();
        first.forEach((stem, names) -> {
            List<String> others = Optional.ofNullable(second.remove(stem)).orElse(List.of());
            for (int i = 0; i < Math.max(names.size(), others.size()); i++) {
                String before = i < names.size() ? names.get(i) : null;
                String after = i < others.size() ? others.get(i) : null;
                drifts.add(drift(before, after));
            }
        });
        second.values().forEach(names -> names.forEach(name -> drifts.add(drift(null, name))));
        return drifts;
    }

    private static Drift drift(@Nullable String before, @Nullable String after) {
        boolean both = before != null && after != null;
        String name = before != null ? before : String.valueOf(after);
        return new Drift(name, both ? WalkRules.VERSION : WalkRules.SET, file(before), file(after));
    }

    private static @Nullable String file(@Nullable String name) {
        return name == null ? null : name.substring(name.lastIndexOf('/') + 1);
    }
}
