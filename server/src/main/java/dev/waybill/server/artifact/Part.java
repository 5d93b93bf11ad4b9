package dev.waybill.server.artifact;

import dev.waybill.core.name.Digest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One content-addressed piece of an artifact. {@code title} is the file's name in a packed artifact. */
public record Part(Digest digest, Role role, @Nullable String title) {
    /** What a part is in its artifact. */
    public enum Role {
        MANIFEST,
        CONFIG,
        LAYER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Role parse(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }
}
