package dev.waybill.compare.data;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about data and text. */
public final class DataRules {
    static final Rule JSON_LAYOUT = Rule.metadata(
            "json.layout", "White space, escapes and the order of members are not part of a JSON value (RFC 8259).");
    static final Rule JSON_ORDER = Rule.functional(
            "json.member-order", "Readers of this file take the first member that fits, so here the order counts.");
    static final Rule PUBLISHED = Rule.metadata(
            "npm.published",
            "The package manager notes how it packed and fetched; nothing reads it when the package runs.");
    static final Rule SOURCE =
            Rule.functional("source.commit", "It says that the artifact was built from another commit.");
    static final Rule SBOM = Rule.metadata(
            "sbom.generated", "Serial number, time and tool say when the bill was written, not what is on it.");
    static final Rule COMPONENT = Rule.dependency("sbom.component", "The bill of material lists other components.");
    static final Rule XML_LAYOUT = Rule.metadata(
            "xml.layout",
            "Order of attributes, quotes, line ends and declarations are not part of what an XML parser gives.");
    static final Rule XML_COMMENT =
            Rule.metadata("xml.comment", "Comments are read by people; they are shown because people do.");
    static final Rule XML_INDENT = Rule.metadata(
            "xml.indent", "White space between elements, where no text stands beside it, is indentation.");
    static final Rule YAML_LAYOUT = Rule.metadata(
            "yaml.layout", "Comments, style and the order of keys are not part of what a YAML parser gives.");
    static final Rule LINE_ENDS =
            Rule.metadata("text.line-ends", "Line ends of text for people follow the builder's system.");
    static final Rule COPYRIGHT_YEAR =
            Rule.metadata("text.copyright-year", "The year of the build was written into a notice.");
    static final Rule JAVADOC = Rule.metadata(
            "html.javadoc-date",
            "The comment of javadoc and the date in the head say when and with what it was written.");
    static final Rule IMAGE_TIME =
            Rule.metadata("image.time", "It says when the image or a layer was made, not what is in it.");
    static final Rule IMAGE_LAYERS = Rule.metadata(
            "image.layer-ids", "The hashes of the layers follow their files, which are compared by themselves.");
    static final Rule IMAGE_BUILDER = Rule.metadata(
            "image.builder", "The builder noted its version and the container it built in; nothing reads that.");
    static final Rule IMAGE_HISTORY = Rule.functional(
            "image.history", "Another command made a layer; values of build arguments stand there too.");
    static final Rule IMAGE_CONFIG = Rule.functional(
            "image.configuration",
            "Environment, command, user, ports and labels decide how a container runs and is treated.");

    private DataRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                JSON_LAYOUT,
                JSON_ORDER,
                PUBLISHED,
                SOURCE,
                SBOM,
                COMPONENT,
                XML_LAYOUT,
                XML_COMMENT,
                XML_INDENT,
                YAML_LAYOUT,
                LINE_ENDS,
                COPYRIGHT_YEAR,
                JAVADOC,
                IMAGE_TIME,
                IMAGE_LAYERS,
                IMAGE_BUILDER,
                IMAGE_HISTORY,
                IMAGE_CONFIG);
    }
}
