package dev.waybill.compare.jar;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about files in jars. */
public final class JarRules {
    static final Rule MANIFEST_LAYOUT = Rule.metadata(
            "manifest.layout", "Order, line ends and wrapping at 72 bytes are not part of a manifest's attributes.");
    static final Rule MANIFEST_BUILDER = Rule.metadata(
            "manifest.builder", "The attribute says who built when with what; nothing reads it when the jar runs.");
    static final Rule MANIFEST_LIST = Rule.metadata(
            "manifest.list-order", "OSGi reads this attribute as a set; the order of its clauses carries nothing.");
    static final Rule MANIFEST_DIGEST = Rule.metadata(
            "manifest.entry-digest", "The digest of an entry follows the entry, which has findings of its own.");
    static final Rule MANIFEST_ATTRIBUTE = Rule.functional(
            "manifest.attribute",
            "The attribute can decide what runs, what is on the class path and what may be opened.");
    static final Rule SIGNATURE = Rule.metadata(
            "jar.signature",
            "The signature says who vouches for the jar, not what it does; whoever checks signers has to look.");
    static final Rule SERVICES = Rule.functional(
            "jar.services", "The first provider that fits is taken, so both the set and the order of this list count.");
    static final Rule PROPERTIES_LAYOUT = Rule.metadata(
            "properties.layout",
            "Order, comments, white space and line ends are not part of what java.util.Properties reads.");
    static final Rule PROPERTIES_COMMENT = Rule.metadata(
            "properties.comment",
            "Comments, such as the date that java.util.Properties writes, are read by people only.");
    static final Rule PROPERTIES_BUILD = Rule.metadata(
            "properties.build-fact",
            "The key says when, where or by whom it was built; it is shown and decides nothing.");
    static final Rule PROPERTIES_COMMIT =
            Rule.functional("properties.commit", "It says that the artifact was built from another commit.");

    private JarRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                MANIFEST_LAYOUT,
                MANIFEST_BUILDER,
                MANIFEST_LIST,
                MANIFEST_DIGEST,
                MANIFEST_ATTRIBUTE,
                SIGNATURE,
                SERVICES,
                PROPERTIES_LAYOUT,
                PROPERTIES_COMMENT,
                PROPERTIES_BUILD,
                PROPERTIES_COMMIT);
    }
}
