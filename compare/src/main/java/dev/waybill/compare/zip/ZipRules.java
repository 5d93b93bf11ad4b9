package dev.waybill.compare.zip;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about zip archives. */
public final class ZipRules {
    static final Rule TIME =
            Rule.metadata("zip.time", "Times of entries say when a file was written, not what is in it.");
    static final Rule ORDER = Rule.metadata(
            "zip.order", "Readers find entries by name through the directory, so their order carries nothing.");
    static final Rule COMPRESSION = Rule.metadata(
            "zip.compression", "Another level, library or method of compression gives the same bytes when it is read.");
    static final Rule HEADER = Rule.metadata(
            "zip.header", "Versions, flags and sizes in headers say how the archive was written, not what is in it.");
    static final Rule MODE = Rule.functional(
            "zip.mode", "The mode decides whether an unpacked file is executed, a link, or runs as somebody else.");
    static final Rule MODE_NOISE =
            Rule.metadata("zip.mode-umask", "Only bits differ that the builder's umask sets and that nothing reads.");
    static final Rule ATTRIBUTES =
            Rule.metadata("zip.attributes", "DOS attributes and the text flag are not read by today's tools.");
    static final Rule OWNER_NOISE =
            Rule.metadata("zip.owner", "Archives of this kind are read in place, never unpacked with their owners.");
    static final Rule OWNER =
            Rule.functional("zip.owner-unpacked", "Whoever unpacks this archive as root gives the files these owners.");
    static final Rule EXTRA =
            Rule.functional("zip.extra", "An extra field that is not known here may change how the entry is read.");
    static final Rule EXTRA_NOISE = Rule.metadata(
            "zip.extra-noise",
            "This extra field marks the packer, aligns data or repeats sizes; it changes no content.");
    static final Rule COMMENT =
            Rule.metadata("zip.comment", "No unpacker acts on comments; they are shown because people do.");
    static final Rule LOADER_COMMENT = Rule.functional(
            "zip.loader-comment",
            "A comment that begins with UNPACK: tells the loader of a jar to unpack the entry first.");
    static final Rule NESTED = Rule.functional(
            "zip.nested-stored",
            "A jar inside a jar is read in place; loaders that do so refuse one that was compressed.");
    static final Rule DIRECTORY = Rule.metadata(
            "zip.directory-entry",
            "Files imply their directories; only a program that asks the class path for a package by name could tell.");
    static final Rule PREFIX = Rule.functional(
            "zip.prefix", "Bytes before the archive can be executed: a shell script, a loader, another program.");
    static final Rule GAP = Rule.functional(
            "zip.gap",
            "Bytes between entries belong to none of them; some readers see a hidden entry or signature there.");
    static final Rule TRAILING = Rule.functional(
            "zip.trailing",
            "Bytes after the end of the archive belong to nothing; a reader may take them for another one.");
    static final Rule LOCAL = Rule.functional(
            "zip.local-header",
            "The entry's own header disagrees with the directory, so two readers can see two different entries.");
    static final Rule DUPLICATE = Rule.functional(
            "zip.duplicate", "The name is there more than once, and readers differ in which entry they take.");
    static final Rule MANIFEST_PLACE = Rule.metadata(
            "jar.manifest-place",
            "Class loaders find the manifest by name; only who streams the jar with JarInputStream needs it first.");

    private ZipRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                TIME,
                ORDER,
                COMPRESSION,
                HEADER,
                MODE,
                MODE_NOISE,
                ATTRIBUTES,
                OWNER_NOISE,
                OWNER,
                EXTRA,
                EXTRA_NOISE,
                COMMENT,
                LOADER_COMMENT,
                NESTED,
                DIRECTORY,
                PREFIX,
                GAP,
                TRAILING,
                LOCAL,
                DUPLICATE,
                MANIFEST_PLACE);
    }
}
