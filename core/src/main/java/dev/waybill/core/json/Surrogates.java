package dev.waybill.core.json;

import tools.jackson.databind.JsonNode;

/**
 * Finds halves of surrogate pairs (RFC 8259 section 8.2). In well-formed UTF-8 only an escape can make one, so documents
 * without such an escape are not searched.
 */
final class Surrogates {
    private Surrogates() {}

    static boolean areAlone(String text, JsonNode tree) {
        return (text.contains("\\ud") || text.contains("\\uD")) && inside(tree);
    }

    private static boolean inside(JsonNode node) {
        if (node.isString()) {
            return alone(node.asString());
        }
        if (node.isObject()) {
            return node.properties().stream().anyMatch(member -> alone(member.getKey()) || inside(member.getValue()));
        }
        return node.isArray() && node.values().stream().anyMatch(Surrogates::inside);
    }

    private static boolean alone(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
