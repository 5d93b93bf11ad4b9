package dev.waybill.compare.verdict;

import java.util.List;

/** How a way down is written in one line. A step that starts with {@code /} is a file inside; others are parts. */
final class Where {
    private Where() {}

    static String text(List<String> steps) {
        StringBuilder text = new StringBuilder();
        boolean parts = false;
        for (String step : steps) {
            if (step.isEmpty()) {
                continue;
            }
            boolean file = step.startsWith("/");
            if (!text.isEmpty()) {
                text.append(file ? "!" : parts ? ", " : ": ");
            }
            parts = !file;
            text.append(file && text.isEmpty() ? step.substring(1) : step);
        }
        return text.toString();
    }
}
