package dev.waybill.cli.layout;

import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The index.json of a layout. */
record LayoutIndex(@Nullable String repository, List<Entry> entries) {
    private static final String REPOSITORY = "dev.waybill.repository";
    private static final String TAG = "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}";

    LayoutIndex {
        entries = List.copyOf(entries);
    }

    /** A manifest that the index names; {@code mediaType} and {@code name} null where it does not say. */
    record Entry(
            Digest digest,
            long size,
            @Nullable String mediaType,
            @Nullable String name) {
        /** The tag in the name: all of it, or what follows the last colon of a whole reference ({@code HOST/NAME:TAG}). */
        Optional<Version> tag() {
            if (name == null || name.matches(TAG)) {
                return Optional.ofNullable(name).map(Version::new);
            }
            String last = name.substring(name.lastIndexOf('/') + 1);
            String tag = last.substring(last.indexOf(':') + 1);
            return last.contains(":") && !last.contains("@") && tag.matches(TAG)
                    ? Optional.of(new Version(tag))
                    : Optional.empty();
        }
    }

    static LayoutIndex read(LayoutDirectory layout, byte[] bytes) {
        ObjectNode json = object(layout, LayoutDirectory.INDEX, bytes);
        if (json.path("schemaVersion").asInt(0) != 2 || !json.path("manifests").isArray()) {
            throw invalid(layout, "it has no schemaVersion 2 and no list of manifests.");
        }
        List<Entry> entries = new ArrayList<>();
        for (JsonNode entry : json.path("manifests")) {
            entries.add(entry(layout, entry, entries.size()));
        }
        return new LayoutIndex(
                json.path("annotations").path(REPOSITORY).asStringOpt().orElse(null), entries);
    }

    static ObjectNode object(LayoutDirectory layout, String place, byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (ProblemException e) {
            throw layout.invalid(place, e.problem().missing(), "Write the layout again.");
        }
    }

    private static Entry entry(LayoutDirectory layout, JsonNode node, int number) {
        JsonNode size = node.path("size");
        if (!node.path("digest").isString()
                || !size.isIntegralNumber()
                || !size.canConvertToLong()
                || size.asLong() < 0) {
            throw invalid(layout, "its entry " + number + " has no digest and size.");
        }
        try {
            return new Entry(
                    Digest.parse(node.path("digest").asString()),
                    size.asLong(),
                    node.path("mediaType").asStringOpt().orElse(null),
                    node.path("annotations")
                            .path(LayoutDirectory.REF_NAME)
                            .asStringOpt()
                            .orElse(null));
        } catch (ProblemException e) {
            throw invalid(
                    layout,
                    "the digest of its entry " + number + " is none: "
                            + e.problem().missing());
        }
    }

    private static RuntimeException invalid(LayoutDirectory layout, String missing) {
        return layout.invalid(LayoutDirectory.INDEX, missing, "Write the layout again; names belong into annotations.");
    }

    /** Tagged manifests by tag, then those without a name by digest: the same repository gives the same bytes. */
    static byte[] write(
            ApplicationName repository, Map<Version, Digest> tags, List<Node> unnamed, Map<Digest, Node> all) {
        List<Object> manifests = new ArrayList<>();
        tags.forEach((tag, digest) -> {
            Node node = all.get(digest);
            if (node != null) {
                manifests.add(descriptor(node, tag));
            }
        });
        unnamed.forEach(node -> manifests.add(descriptor(node, null)));
        return Json.write(Map.of(
                "schemaVersion",
                2,
                "mediaType",
                Manifest.INDEX_MEDIA_TYPE,
                "manifests",
                manifests,
                "annotations",
                Map.of(REPOSITORY, repository.value())));
    }

    private static Map<String, Object> descriptor(Node node, @Nullable Version tag) {
        Map<String, Object> descriptor = new LinkedHashMap<>();
        descriptor.put("mediaType", node.mediaType());
        descriptor.put("digest", node.digest());
        descriptor.put("size", node.size());
        if (tag != null) {
            descriptor.put("annotations", Map.of(LayoutDirectory.REF_NAME, tag.value()));
        }
        return descriptor;
    }
}
