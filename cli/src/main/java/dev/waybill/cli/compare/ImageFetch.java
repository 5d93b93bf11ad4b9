package dev.waybill.cli.compare;

import dev.waybill.api.artifact.Resolved;
import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Brings an image, or an index of them, into a directory as an OCI layout (image-spec, image-layout.md). */
final class ImageFetch {
    private final RegistryClient registry;
    private final Progress progress;
    private final ApplicationName application;
    private final Path directory;

    ImageFetch(RegistryClient registry, Progress progress, ApplicationName application, Path directory) {
        this.registry = registry;
        this.progress = progress;
        this.application = application;
        this.directory = directory;
    }

    /** An index, or a manifest whose layers have no file names. */
    static boolean isImage(RegistryClient registry, Resolved resolved) {
        PulledManifest pulled = registry.pullManifest(resolved.application(), resolved.digest());
        return isIndex(pulled) || pulled.manifest().layers().stream().anyMatch(layer -> layer.title() == null);
    }

    private static boolean isIndex(PulledManifest pulled) {
        return Json.parse(pulled.bytes()).has("manifests");
    }

    void fetch(Digest digest) throws IOException {
        Files.createDirectories(directory.resolve("blobs/sha256"));
        PulledManifest pulled = manifest(digest);
        if (isIndex(pulled)) {
            for (JsonNode member : Json.parse(pulled.bytes()).path("manifests")) {
                image(manifest(Digest.parse(member.path("digest").asString(""))));
            }
        } else {
            image(pulled);
        }
        write("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}");
        write("index.json", "{\"manifests\":[{\"digest\":\"" + digest + "\"}],\"schemaVersion\":2}");
    }

    private PulledManifest manifest(Digest digest) throws IOException {
        PulledManifest pulled = registry.pullManifest(application, digest);
        Files.write(file(digest), pulled.bytes());
        return pulled;
    }

    private void image(PulledManifest manifest) throws IOException {
        List<Descriptor> blobs = new ArrayList<>(manifest.manifest().layers());
        blobs.add(manifest.manifest().config());
        for (Descriptor blob : blobs) {
            if (!Files.exists(file(blob.digest()))) {
                progress.say("Fetching " + blob.digest() + ", " + blob.size() + " bytes");
                registry.pullTo(application, blob.digest(), blob.size(), file(blob.digest()));
            }
        }
    }

    private Path file(Digest digest) {
        return directory.resolve("blobs/" + digest.algorithm().label() + "/" + digest.hex());
    }

    private void write(String name, String text) throws IOException {
        Files.write(directory.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }
}
