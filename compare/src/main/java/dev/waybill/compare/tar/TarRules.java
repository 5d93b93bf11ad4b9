package dev.waybill.compare.tar;

import dev.waybill.compare.verdict.Rule;
import java.util.List;

/** Rules about tar archives. */
public final class TarRules {
    static final Rule TIME =
            Rule.metadata("tar.time", "Times of files say when they were written, not what is in them.");
    static final Rule FORMAT =
            Rule.metadata("tar.format", "The dialect of tar, the writing of numbers and a leading ./ change no file.");
    static final Rule ORDER =
            Rule.metadata("tar.order", "Each name is there once, so unpacking gives the same files in any order.");
    public static final Rule MODE = Rule.functional(
            "tar.mode", "The mode decides who may read, write and execute the file, and as whom it runs.");
    public static final Rule MODE_NOISE =
            Rule.metadata("tar.mode-umask", "Only the group's right to write differs, which the builder's umask sets.");
    static final Rule OWNER =
            Rule.functional("tar.owner", "Unpacked as root, or as an image, the files belong to somebody else.");
    static final Rule OWNER_NOISE = Rule.metadata(
            "tar.owner-package", "Installers of packages of this kind give all files to the user who installs.");
    static final Rule OWNER_NAME =
            Rule.metadata("tar.owner-name", "In file systems of images the numbers decide; the names are not read.");
    public static final Rule TYPE = Rule.functional(
            "tar.type", "A file, a link, a directory and a device are different things to whoever opens them.");
    public static final Rule LINK = Rule.functional("tar.link", "The link leads to another file.");
    static final Rule ATTRIBUTE = Rule.functional(
            "tar.attribute", "Extended attributes carry capabilities, labels and access lists that the kernel obeys.");
    static final Rule RECORD = Rule.functional(
            "tar.record", "A pax record that is not known here may change how the file is read, or name its source.");
    static final Rule DUPLICATE = Rule.functional(
            "tar.duplicate",
            "The name is there more than once, and the later one wins, or the earlier, by the reader.");
    static final Rule PADDING =
            Rule.metadata("tar.padding", "Zeros behind the end fill up a block of a tape; no reader looks at them.");
    static final Rule TRAILING =
            Rule.functional("tar.trailing", "Bytes behind the end or in the padding belong to no file and hide there.");

    private TarRules() {}

    /** All of them, for the catalogue. */
    public static List<Rule> all() {
        return List.of(
                TIME,
                FORMAT,
                ORDER,
                MODE,
                MODE_NOISE,
                OWNER,
                OWNER_NOISE,
                OWNER_NAME,
                TYPE,
                LINK,
                ATTRIBUTE,
                RECORD,
                DUPLICATE,
                PADDING,
                TRAILING);
    }
}
