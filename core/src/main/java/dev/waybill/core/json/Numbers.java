package dev.waybill.core.json;

import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Finds numbers that are larger than a double holds (RFC 8259 section 6): they would be written as the text "Infinity".
 * Numbers are short, so only an exponent of three digits makes one, and documents without such are not searched.
 */
final class Numbers {
    private static final Pattern LARGE = Pattern.compile("[0-9][eE]\\+?[0-9]{3}");

    private Numbers() {}

    static boolean areBeyondDouble(String text, JsonNode tree) {
        return LARGE.matcher(text).find() && inside(tree);
    }

    private static boolean inside(JsonNode node) {
        return node.isFloatingPointNumber()
                ? Double.isInfinite(node.asDouble())
                : node.isContainer() && node.values().stream().anyMatch(Numbers::inside);
    }
}
