package dev.waybill.server.openapi;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Maps, lists and scalars as block YAML 1.2, in the order given, so that equal documents are equal bytes. */
final class Yaml {
    /** What needs no quotes in any schema of YAML; everything else is quoted as JSON, which is YAML too. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/][A-Za-z0-9_./ -]*[A-Za-z0-9/]|[A-Za-z]");

    private static final Pattern WORD = Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n");

    private final StringBuilder out = new StringBuilder();

    static String write(Map<String, ?> document) {
        Yaml yaml = new Yaml();
        yaml.map(document, 0);
        return yaml.out.toString();
    }

    private void map(Map<?, ?> map, int depth) {
        map.forEach((key, value) -> {
            out.repeat("  ", depth).append(scalar(key)).append(':');
            value(value, depth);
        });
    }

    private void value(Object value, int depth) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
            case Map<?, ?> map -> {
                out.append('\n');
                map(map, depth + 1);
            }
            case List<?> list
            when list.stream().allMatch(Yaml::isScalar) ->
                out.append(" [")
                        .append(String.join(
                                ", ", list.stream().map(Yaml::scalar).toList()))
                        .append("]\n");
            case List<?> list -> {
                out.append('\n');
                list.forEach(item -> item((Map<?, ?>) item, depth + 1));
            }
            default -> out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Map<?, ?> map, int depth) {
        int start = out.length();
        map(map, depth + 1);
        out.setCharAt(start + 2 * depth, '-');
    }

    private static boolean isScalar(Object value) {
        return !(value instanceof Map) && !(value instanceof List);
    }

    private static String scalar(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = value.toString();
        if (PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()) {
            return text;
        }
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
