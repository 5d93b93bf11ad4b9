package dev.waybill.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns of text under capital headings, aligned to the left; escapes count for nothing in the width. */
public final class Table {
    private static final Pattern ESCAPES = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Control characters of other people's text; of the escapes only those that set colours stay. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\u001b]]|\u001b(?!\\[[0-9;]*m)");

    private final List<List<String>> rows = new ArrayList<>();
    private final Style style;

    public Table(Style style, String... headings) {
        this.style = style;
        rows.add(List.of(headings));
    }

    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            // A line break in somebody's text must not make a row of its own.
            row.add(clean(cell.toString()));
        }
        rows.add(row);
        return this;
    }

    /** Other people's text without what would move the cursor, break the line or lie about what stands there. */
    public static String clean(String text) {
        return CONTROLS.matcher(text).replaceAll(" ");
    }

    public boolean isEmpty() {
        return rows.size() == 1;
    }

    @Override
    public String toString() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String cell = rows.get(r).get(i);
                line.append(r == 0 ? style.dim(cell) : cell);
                line.append(i == columns - 1 ? "" : " ".repeat(widths[i] - width(cell) + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(String cell) {
        String shown = ESCAPES.matcher(cell).replaceAll("");
        return shown.codePointCount(0, shown.length());
    }
}
