package dev.waybill.compare.form;

import java.util.Locale;

/**
 * Where bytes stand.
 *
 * @param name the path in its container, or the file's name; formats without a magic number are told by it
 */
public record Place(String name, Setting setting) {
    public static Place of(String name) {
        return new Place(name, Setting.PLAIN);
    }

    /** The last segment. */
    public String file() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The last segment's extension in lower case without its dot; empty when there is none. */
    public String extension() {
        String file = file();
        int dot = file.lastIndexOf('.');
        return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    public Place named(String other) {
        return new Place(other, setting);
    }
}
