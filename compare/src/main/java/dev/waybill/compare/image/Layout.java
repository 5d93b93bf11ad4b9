package dev.waybill.compare.image;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import dev.waybill.compare.form.Atom;
import dev.waybill.compare.form.Content;
import dev.waybill.compare.form.Form;
import dev.waybill.compare.form.Part;
import dev.waybill.compare.form.Reading;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The files of a layout, and the images that they make. */
public final class Layout {
    private static final int LARGEST = 8 * 1024 * 1024;
    private static final int MOST_MANIFESTS = 200;
    private static final Set<String> WELL_KNOWN = Set.of("oci-layout", "index.json", "manifest.json", "repositories");

    private final Map<String, Content> files;
    private final Reading reading;
    private final Set<String> used = new HashSet<>(WELL_KNOWN);
    private final List<Image> images = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private int manifests;

    private Layout(Map<String, Content> files, Reading reading) {
        this.files = files;
        this.reading = reading;
    }

    /**
     * Empty when the files are no layout.
     *
     * @param files by path
     * @throws Unreadable when they claim to be one and are not
     */
    public static Optional<Layout> of(Map<String, Content> files, Reading reading) throws IOException {
        Layout layout = new Layout(files, reading);
        try {
            if (files.containsKey("oci-layout") && files.containsKey("index.json")) {
                layout.index(layout.json("index.json"));
            } else if (files.containsKey("manifest.json")) {
                layout.saved(layout.json("manifest.json"));
            }
        } catch (ProblemException e) {
            throw new Unreadable("its manifest is no JSON");
        }
        return layout.images.isEmpty() ? Optional.empty() : Optional.of(layout);
    }

    /** @param whole stands for all bytes of the container */
    public Form form(Atom whole) throws IOException {
        Form.Builder form = Form.builder("image layout");
        form.add(Part.droppable("packaging", whole, ImageRules.PACKAGING));
        form.add(Part.droppable("tags", String.join(", ", tags), ImageRules.TAG));
        for (Image image : images) {
            form.add(image.part(reading));
        }
        for (Map.Entry<String, Content> file : files.entrySet()) {
            if (!used.contains(file.getKey()) && !isLegacy(file.getKey())) {
                form.add(Part.of("/" + file.getKey(), file.getValue()));
            }
        }
        return form.build();
    }

    /** Old versions of {@code docker save} write these beside each layer, for still older ones. */
    private static boolean isLegacy(String name) {
        return name.matches("[0-9a-f]{64}/(json|VERSION)");
    }

    private void index(JsonNode index) throws IOException {
        for (JsonNode descriptor : index.path("manifests")) {
            if (++manifests > MOST_MANIFESTS) {
                throw new Unreadable("more than " + MOST_MANIFESTS + " manifests are inside");
            }
            String tag = descriptor
                    .path("annotations")
                    .path("org.opencontainers.image.ref.name")
                    .asString("");
            if (!tag.isEmpty()) {
                tags.add(tag);
            }
            JsonNode manifest = json(blob(descriptor.path("digest").asString("")));
            if (manifest.has("manifests")) {
                index(manifest);
            } else if (manifest.has("config") && manifest.has("layers")) {
                images.add(image(descriptor, manifest));
            } else {
                throw new Unreadable("a manifest is of a kind that is not known here");
            }
        }
    }

    private Image image(JsonNode descriptor, JsonNode manifest) throws IOException {
        Content config = file(blob(manifest.path("config").path("digest").asString("")));
        List<Content> layers = new ArrayList<>();
        for (JsonNode layer : manifest.path("layers")) {
            layers.add(file(blob(layer.path("digest").asString(""))));
        }
        boolean attestation = "attestation-manifest"
                .equals(descriptor
                        .path("annotations")
                        .path("vnd.docker.reference.type")
                        .asString(""));
        return new Image(config, layers, manifest.path("annotations").toString(), attestation);
    }

    private void saved(JsonNode list) throws IOException {
        for (JsonNode saved : list) {
            for (JsonNode tag : saved.path("RepoTags")) {
                tags.add(tag.asString(""));
            }
            List<Content> layers = new ArrayList<>();
            for (JsonNode layer : saved.path("Layers")) {
                layers.add(file(layer.asString("")));
            }
            images.add(new Image(file(saved.path("Config").asString("")), layers, "", false));
        }
    }

    /** The path of a blob whose bytes have this digest. */
    private String blob(String digest) throws IOException {
        String path = "blobs/" + digest.replace(':', '/');
        if (!digest.matches("sha256:[0-9a-f]{64}") || !files.containsKey(path)) {
            throw new Unreadable("the blob '" + digest + "' is not there");
        }
        if (!file(path).sha256(reading.scratch()).equals(digest.substring(7))) {
            throw new Unreadable("the blob " + digest + " has other bytes");
        }
        return path;
    }

    private Content file(String path) throws Unreadable {
        Content content = files.get(path);
        if (content == null) {
            throw new Unreadable("the file '" + path + "' is not there");
        }
        used.add(path);
        return content;
    }

    private JsonNode json(String path) throws IOException {
        Bytes bytes = file(path).open(reading.scratch());
        try {
            return Json.parse(bytes.whole(LARGEST));
        } finally {
            bytes.release();
        }
    }
}
