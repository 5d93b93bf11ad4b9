package dev.waybill.compare.form;

/** What surrounds a member, where that decides what its metadata mean. */
public enum Setting {
    /** Nothing is known. */
    PLAIN,
    /** In a jar or its relatives: read in place, never unpacked with owners and modes. */
    CLASS_PATH,
    /** In a package whose installer sets owners by itself (npm, crates, gems, sdists). */
    SOURCE_PACKAGE,
    /** In a file system that will run: image layers, data of operating system packages. */
    ROOT_FILE_SYSTEM
}
