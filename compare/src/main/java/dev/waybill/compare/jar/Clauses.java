package dev.waybill.compare.jar;

import java.util.ArrayList;
import java.util.List;

/** A list of OSGi clauses: separated by commas that stand outside quotes (OSGi Core 8, 1.3.2). */
final class Clauses {
    private Clauses() {}

    /** In alphabetical order, the packages in each {@code uses} too. */
    static String sorted(String list) {
        List<String> clauses = new ArrayList<>();
        StringBuilder clause = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            quoted ^= c == '"';
            if (c == ',' && !quoted) {
                clauses.add(uses(clause.toString()));
                clause.setLength(0);
            } else {
                clause.append(c);
            }
        }
        clauses.add(uses(clause.toString()));
        clauses.sort(String::compareTo);
        return String.join(",", clauses);
    }

    private static String uses(String clause) {
        int start = clause.indexOf("uses:=\"");
        int end = start < 0 ? -1 : clause.indexOf('"', start + 7);
        if (end < 0) {
            return clause;
        }
        String[] packages = clause.substring(start + 7, end).split(",");
        java.util.Arrays.sort(packages);
        return clause.substring(0, start + 7) + String.join(",", packages) + clause.substring(end);
    }
}
