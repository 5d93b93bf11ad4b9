package dev.waybill.api.oci;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.waybill.core.json.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An OCI image manifest (image-spec, manifest.md). */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
        int schemaVersion,
        @Nullable String mediaType,
        @Nullable String artifactType,
        Descriptor config,
        List<Descriptor> layers,
        @Nullable Map<String, String> annotations) {
    public static final String MEDIA_TYPE = "application/vnd.oci.image.manifest.v1+json";
    public static final String INDEX_MEDIA_TYPE = "application/vnd.oci.image.index.v1+json";

    /** A manifest as Waybill writes it: nothing inside but what follows from the content. */
    public static Manifest of(String artifactType, Descriptor config, List<Descriptor> layers) {
        return new Manifest(2, MEDIA_TYPE, artifactType, config, List.copyOf(layers), null);
    }

    /** Reads a manifest that others may have extended. */
    public static Manifest parse(byte[] bytes) {
        return Json.readOpen(bytes, Manifest.class);
    }

    public byte[] bytes() {
        return Json.write(this);
    }
}
