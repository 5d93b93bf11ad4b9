package dev.waybill.server.traffic;

import java.util.List;

/** Lines of Prometheus' text format: one name's lines stand together, below its help and its type. */
final class Text {
    private final StringBuilder out = new StringBuilder();

    void head(String name, String help, String type) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n"));
        out.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    void line(String name, List<String> labels, List<String> values, double value) {
        out.append(name);
        for (int i = 0; i < labels.size(); i++) {
            out.append(i == 0 ? '{' : ',')
                    .append(labels.get(i))
                    .append("=\"")
                    .append(escaped(values.get(i)))
                    .append('"');
        }
        out.append(labels.isEmpty() ? " " : "} ").append(number(value)).append('\n');
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Whole numbers without a point, up to where a double still is exact. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    int length() {
        return out.length();
    }

    void cut(int length) {
        out.setLength(length);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
