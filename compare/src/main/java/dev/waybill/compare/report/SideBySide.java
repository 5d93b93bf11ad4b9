package dev.waybill.compare.report;

/** Two values in two columns, wrapped. */
final class SideBySide {
    private SideBySide() {}

    static String of(String indent, String left, String right, int width) {
        int column = Math.max(10, (width - indent.length() - 3) / 2);
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < Math.max(left.length(), right.length()); at += column) {
            String a = piece(left, at, column);
            text.append(indent)
                    .append(a)
                    .append(" ".repeat(column - a.length()))
                    .append(" | ")
                    .append(piece(right, at, column))
                    .append('\n');
        }
        return text.toString();
    }

    private static String piece(String text, int at, int length) {
        return at >= text.length() ? "" : text.substring(at, Math.min(text.length(), at + length));
    }
}
