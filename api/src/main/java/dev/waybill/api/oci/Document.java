package dev.waybill.api.oci;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the registry reads in a manifest's bytes, and whoever moves manifests reads before it (image-spec, manifest.md and
 * image-index.md). A document that could be taken for another kind is refused: the type in the document, the Content-Type
 * and its members must agree (GHSA-qq97-vm5h-rrhg).
 */
public record Document(
        String mediaType,
        @Nullable String artifactType,
        @Nullable Digest subject,
        Map<String, String> annotations,
        List<Link> links) {
    private static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final Set<String> IMAGES = Set.of(Manifest.MEDIA_TYPE, DOCKER_IMAGE);
    private static final Set<String> INDEXES = Set.of(Manifest.INDEX_MEDIA_TYPE, DOCKER_LIST);
    private static final Set<String> IMAGE_CONFIGS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");
    private static final int MOST_LINKS = 10_000;

    public Document {
        annotations = Map.copyOf(annotations);
        links = List.copyOf(links);
    }

    /** True for what only speaks of its subject: no index, and nothing that a client could run as an image. */
    public boolean isAbout() {
        return mediaType.equals(Manifest.MEDIA_TYPE)
                && subject != null
                && links.stream()
                        .anyMatch(link -> link.kind() == Link.Kind.CONFIG
                                && !link.mediaType().isEmpty()
                                && !IMAGE_CONFIGS.contains(link.mediaType()));
    }

    /** Parses; {@code MANIFEST_INVALID} for anything that is not exactly one kind of manifest. */
    public static Document parse(byte[] bytes, @Nullable String contentType) {
        ObjectNode json = object(bytes);
        JsonNode version = json.path("schemaVersion");
        if (!version.isInt() || version.intValue() != 2) {
            throw invalid("its schemaVersion is not 2.");
        }
        String mediaType = mediaType(json, contentType);
        boolean index = INDEXES.contains(mediaType);
        if (index ? json.has("config") || json.has("layers") || json.has("fsLayers") : json.has("manifests")) {
            throw invalid("its members are those of another type than " + mediaType + ".");
        }
        List<Link> links = index ? manifests(json) : contents(json);
        JsonNode subject = json.get("subject");
        return new Document(
                mediaType,
                artifactType(json, index),
                subject == null ? null : link(Link.Kind.MANIFEST, subject).digest(),
                annotations(json),
                links);
    }

    private static ObjectNode object(byte[] bytes) {
        try {
            return Json.parseObject(bytes);
        } catch (ProblemException e) {
            throw invalid(e.problem().missing());
        }
    }

    private static String mediaType(ObjectNode json, @Nullable String contentType) {
        String inside = text(json, "mediaType");
        String outside = contentType == null || contentType.isBlank() ? null : contentType.strip();
        String type = outside == null ? inside : outside;
        if (type == null) {
            throw invalid("neither a Content-Type nor its mediaType says what it is.");
        }
        if (inside != null && !inside.equals(type)) {
            throw invalid("its mediaType is " + inside + ", but the Content-Type is " + type + ".");
        }
        if (!IMAGES.contains(type) && !INDEXES.contains(type)) {
            throw invalid(type + " is no type of manifest that this registry takes.");
        }
        return type;
    }

    /** distribution-spec, "Listing Referrers": artifactType, else the config's media type; an index has no config. */
    private static @Nullable String artifactType(ObjectNode json, boolean index) {
        String own = text(json, "artifactType");
        if ((own != null && !own.isEmpty()) || index || !(json.get("config") instanceof ObjectNode config)) {
            return own == null || own.isEmpty() ? null : own;
        }
        return text(config, "mediaType");
    }

    private static List<Link> contents(ObjectNode json) {
        List<Link> links = new ArrayList<>();
        JsonNode config = json.get("config");
        if (config != null) {
            links.add(link(Link.Kind.CONFIG, config));
        }
        for (JsonNode layer : array(json, "layers")) {
            Link link = link(Link.Kind.LAYER, layer);
            boolean foreign = link.mediaType().contains("nondistributable")
                    || link.mediaType().contains("image.rootfs.foreign");
            links.add(
                    foreign
                            ? new Link(Link.Kind.FOREIGN, link.digest(), link.size(), link.mediaType(), link.title())
                            : link);
        }
        return links;
    }

    private static List<Link> manifests(ObjectNode json) {
        List<Link> links = new ArrayList<>();
        for (JsonNode manifest : array(json, "manifests")) {
            links.add(link(Link.Kind.MANIFEST, manifest));
        }
        return links;
    }

    private static Iterable<JsonNode> array(ObjectNode json, String member) {
        JsonNode array = json.get(member);
        if (array == null || array.isNull()) {
            return List.of();
        }
        if (!array.isArray()) {
            throw invalid(member + " is no array.");
        }
        if (array.size() > MOST_LINKS) {
            throw invalid(member + " has more than " + MOST_LINKS + " members.");
        }
        return array.values();
    }

    private static Link link(Link.Kind kind, JsonNode node) {
        if (!(node instanceof ObjectNode json)
                || !json.path("digest").isString()
                || !json.path("size").isIntegralNumber()
                || !json.path("size").canConvertToLong()
                || json.path("size").asLong() < 0) {
            throw invalid("a descriptor in it has no digest and size.");
        }
        String mediaType = text(json, "mediaType");
        String title =
                json.get("annotations") instanceof ObjectNode a ? text(a, "org.opencontainers.image.title") : null;
        return new Link(
                kind,
                Digest.parse(json.path("digest").asString()),
                json.path("size").asLong(),
                mediaType == null ? "" : mediaType,
                title);
    }

    private static Map<String, String> annotations(ObjectNode json) {
        JsonNode node = json.get("annotations");
        Map<String, String> annotations = new TreeMap<>();
        if (node == null || node.isNull()) {
            return annotations;
        }
        if (!(node instanceof ObjectNode object)) {
            throw invalid("its annotations are no object.");
        }
        for (String key : object.propertyNames()) {
            String value = text(object, key);
            if (value == null) {
                throw invalid("the annotation " + key + " is no string.");
            }
            annotations.put(key, value);
        }
        return annotations;
    }

    private static @Nullable String text(ObjectNode json, String member) {
        JsonNode node = json.get(member);
        if (node == null || node.isNull()) {
            return null;
        }
        if (!node.isString()) {
            throw invalid(member + " is no string.");
        }
        return node.asString();
    }

    private static ProblemException invalid(String what) {
        return new Problem.Malformed(
                        "MANIFEST_INVALID", "Reading a manifest", what, "Correct the manifest and push it again.")
                .exception();
    }
}
