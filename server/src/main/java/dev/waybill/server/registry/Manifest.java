package dev.waybill.server.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as it stands in a repository.
 *
 * @param artifactType the document's own, else its config's media type; null for an index without one
 * @param subject what it is about, null for most
 */
public record Manifest(
        Digest digest,
        String mediaType,
        @Nullable String artifactType,
        @Nullable Digest subject,
        long size,
        Map<String, String> annotations,
        Push push) {
    /** The media type of an index (image-spec, image-index.md). */
    public static final String INDEX = "application/vnd.oci.image.index.v1+json";

    /** Who brought it, when. */
    public record Push(ActorName by, Instant at) {}

    public Manifest {
        annotations = Map.copyOf(annotations);
    }
}
