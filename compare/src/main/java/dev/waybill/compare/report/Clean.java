package dev.waybill.compare.report;

/** Text from artifacts as it may stand in one line of a terminal. */
final class Clean {
    private static final int LONGEST = 500;

    private Clean() {}

    /** Control and direction characters become visible; a very long line is cut. */
    static String line(String text) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> {
            int type = Character.getType(c);
            boolean harmless = type != Character.CONTROL
                    && type != Character.FORMAT
                    && type != Character.LINE_SEPARATOR
                    && type != Character.PARAGRAPH_SEPARATOR
                    && type != Character.SURROGATE;
            if (harmless) {
                clean.appendCodePoint(c);
            } else {
                clean.append(String.format("\\u%04x", c));
            }
        });
        return text.codePointCount(0, text.length()) > LONGEST
                ? clean.append("...").toString()
                : clean.toString();
    }
}
