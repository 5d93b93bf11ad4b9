package dev.waybill.compare.form;

import dev.waybill.compare.verdict.Rule;

/**
 * What something says it is a version of.
 *
 * @param rule names the difference between two versions
 */
public record Origin(String name, String version, Rule rule) {
    /** A library in another version. */
    public static final Rule LIBRARY = Rule.dependency(
            "dependency.version",
            "It is another version of the same library; what differs inside is that version's own.");
}
