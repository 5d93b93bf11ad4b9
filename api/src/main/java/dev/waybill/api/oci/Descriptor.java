package dev.waybill.api.oci;

import dev.waybill.core.name.Digest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points at content (image-spec, descriptor.md). {@code size} in bytes. */
public record Descriptor(
        String mediaType,
        Digest digest,
        long size,
        @Nullable Map<String, String> annotations) {
    /** The file name of a layer, relative with {@code /} (annotations.md; the convention of ORAS). */
    public static final String TITLE = "org.opencontainers.image.title";

    /** The name this content has as a file, if it says so. */
    public @Nullable String title() {
        return annotations == null ? null : annotations.get(TITLE);
    }
}
