package dev.waybill.doctor.effect;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Constants on their way through a job: what is set is put in where it is used. */
final class Values {
    private static final Pattern USE = Pattern.compile(
            "\\$\\{\\{\\s*env\\.(\\w+)\\s*\\}\\}|\\$\\{([A-Za-z_]\\w*)(?::?[-=?][^}]*)?\\}|\\$([A-Za-z_]\\w*)|\\$\\(([A-Za-z_][\\w.]*)\\)");
    private static final int LONGEST = 2_000;

    private final Map<String, String> known = new HashMap<>();

    void set(Map<String, String> values) {
        known.putAll(values);
    }

    void set(String name, String value) {
        known.put(name, value);
    }

    String in(String text) {
        String now = text;
        for (int turns = 0; turns < 4 && now.indexOf('$') >= 0 && now.length() < LONGEST; turns++) {
            Matcher matcher = USE.matcher(now);
            StringBuilder next = new StringBuilder();
            boolean changed = false;
            while (matcher.find()) {
                String name = name(matcher);
                String value = known.get(name);
                boolean fits = value != null
                        && !value.contains("$" + name)
                        && !value.contains("${" + name)
                        && value.length() < 300;
                changed |= fits;
                matcher.appendReplacement(next, Matcher.quoteReplacement(fits ? value : matcher.group()));
            }
            now = matcher.appendTail(next).toString();
            if (!changed) {
                break;
            }
        }
        return now;
    }

    private static String name(Matcher matcher) {
        for (int group = 1; group <= 4; group++) {
            if (matcher.group(group) != null) {
                return matcher.group(group);
            }
        }
        return "";
    }
}
