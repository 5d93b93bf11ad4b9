package dev.waybill.server.tag;

import java.util.Locale;
import java.util.Optional;

/** How a tag may move. */
public enum TagClass {
    /** It names the same bytes for ever, also after it was removed. */
    IMMUTABLE,
    /** It follows: only to bytes that have a higher version, by a tag that does not move. */
    FORWARD,
    /** It goes wherever it is sent. */
    FLOATING;

    static Optional<TagClass> parse(String label) {
        for (TagClass each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(label)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
