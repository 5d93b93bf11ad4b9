package dev.waybill.compare.codec;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about compressed streams. */
public final class CodecRules {
    static final Rule COMPRESSION = Rule.metadata(
            "codec.compression",
            "Another level, block size or library of compression gives the same bytes when it is read.");
    static final Rule HEADER = Rule.metadata(
            "gzip.header", "Time, name and system in the header say where the file was made, not what is in it.");
    static final Rule COMMENT =
            Rule.metadata("gzip.comment", "No reader acts on the comment; it is shown because people do.");
    static final Rule EXTRA =
            Rule.functional("gzip.extra", "The extra field belongs to some program that may act on it.");
    static final Rule TRAILING = Rule.functional(
            "codec.trailing",
            "Bytes behind the end of the stream, or in frames that decoders skip, may be read by somebody.");
    static final Rule PADDING =
            Rule.metadata("codec.padding", "Zeros behind the end fill up a block of a tape or disk.");

    private CodecRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(COMPRESSION, HEADER, COMMENT, EXTRA, TRAILING, PADDING);
    }
}
