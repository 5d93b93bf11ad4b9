package dev.waybill.server.artifact;

import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Layers;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an artifact consists of, read from its manifest's own bytes (image-spec, manifest.md and image-index.md).
 *
 * @param kind the manifest's artifactType, else its config's media type, else its own
 * @param parts its manifests, configurations and layers, each digest once
 */
record Anatomy(String kind, List<Part> parts) {
    private static final int MAX_MANIFEST = 4 * 1024 * 1024;
    /** What begins so is unpacked by our clients and agents, each layer under its title. */
    private static final String PACKED = "application/vnd.waybill.";

    private static final int MAX_PARTS = 10_000;
    private static final int MAX_DEPTH = 4;

    Anatomy {
        parts = List.copyOf(parts);
    }

    /** Reads the manifest and everything below; {@code ARTIFACT_INCOMPLETE} when a manifest is not there. */
    static Anatomy read(BlobStore blobs, Digest digest) throws IOException {
        TreeMap<Digest, Part> parts = new TreeMap<>();
        String kind = new Reading(blobs, digest, parts).manifest(digest, 0);
        return new Anatomy(kind, new ArrayList<>(parts.values()));
    }

    private record Reading(BlobStore blobs, Digest artifact, TreeMap<Digest, Part> parts) {
        String manifest(Digest digest, int depth) throws IOException {
            add(new Part(digest, Part.Role.MANIFEST, null));
            ObjectNode manifest = Json.parseObject(bytes(digest));
            boolean ours = text(manifest, "artifactType")
                    .filter(type -> type.startsWith(PACKED))
                    .isPresent();
            for (JsonNode layer : manifest.path("layers")) {
                String title = title(layer);
                if (ours && title != null) {
                    Layers.requireFileName(artifact, title);
                }
                add(new Part(digest(layer), Part.Role.LAYER, title));
            }
            JsonNode config = manifest.path("config");
            if (config.isObject()) {
                add(new Part(digest(config), Part.Role.CONFIG, null));
            }
            for (JsonNode member : manifest.path("manifests")) {
                if (depth >= MAX_DEPTH) {
                    throw refused("ARTIFACT_TOO_DEEP", "its indexes stand more than " + MAX_DEPTH + " deep.");
                }
                if (!parts.containsKey(digest(member))) {
                    manifest(digest(member), depth + 1);
                }
            }
            return text(manifest, "artifactType")
                    .or(() -> text(config, "mediaType"))
                    .or(() -> text(manifest, "mediaType"))
                    .orElse("application/vnd.oci.image.manifest.v1+json");
        }

        private void add(Part part) {
            parts.putIfAbsent(part.digest(), part);
            if (parts.size() > MAX_PARTS) {
                throw refused("ARTIFACT_TOO_LARGE", "it has more than " + MAX_PARTS + " parts.");
            }
        }

        private byte[] bytes(Digest digest) throws IOException {
            Optional<Blob> blob = blobs.open(digest);
            if (blob.isEmpty()) {
                throw refused("ARTIFACT_INCOMPLETE", "the manifest " + digest + " is not there.");
            }
            try (Blob open = blob.get()) {
                byte[] bytes = open.bytes(MAX_MANIFEST);
                Digest.Algorithm algorithm = digest.algorithm();
                if (!Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes))
                        .equals(digest)) {
                    throw new IOException("The manifest " + digest + " has other bytes in the store");
                }
                return bytes;
            }
        }

        private static Digest digest(JsonNode descriptor) {
            return Digest.parse(text(descriptor, "digest").orElse(""));
        }

        private static Optional<String> text(JsonNode node, String member) {
            JsonNode value = node.path(member);
            return value.isString() && !value.stringValue().isEmpty()
                    ? Optional.of(value.stringValue())
                    : Optional.empty();
        }

        private static @Nullable String title(JsonNode layer) {
            return text(layer.path("annotations"), Descriptor.TITLE).orElse(null);
        }

        private ProblemException refused(String code, String missing) {
            return new Problem.Refused(
                            code,
                            "Registering " + artifact,
                            missing,
                            "Push the whole artifact to its application's repository, then register it.")
                    .exception();
        }
    }
}
