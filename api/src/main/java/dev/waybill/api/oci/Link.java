package dev.waybill.api.oci;

import dev.waybill.core.name.Digest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a manifest refers to (image-spec, descriptor.md). {@code title} is a file's name by the ORAS convention. */
public record Link(
        Kind kind,
        Digest digest,
        long size,
        String mediaType,
        @Nullable String title) {
    /** In which role. Foreign layers lie elsewhere and need not be here. */
    public enum Kind {
        CONFIG,
        LAYER,
        FOREIGN,
        MANIFEST;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
