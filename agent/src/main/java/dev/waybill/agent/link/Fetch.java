package dev.waybill.agent.link;

import dev.waybill.agent.driver.Order;
import dev.waybill.agent.store.ContentStore;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Layers;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.ArtifactConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Brings an artifact into the agent's store, and reads from its manifest and config blob what to do with it. */
public final class Fetch {
    private final ContentStore content;

    public Fetch(ContentStore content) {
        this.content = content;
    }

    /** What is here already is not fetched again, so a release whose bytes are kept needs no registry. */
    public Order.Contents contents(RegistryClient registry, ApplicationName application, Digest artifact)
            throws IOException {
        if (!content.has(artifact)) {
            byte[] bytes = registry.pullManifest(application, artifact).bytes();
            content.take(artifact, new ByteArrayInputStream(bytes));
        }
        Manifest manifest = Manifest.parse(content.bytes(artifact));
        requireKnown(manifest, artifact);
        List<Digest> blobs = new ArrayList<>();
        pull(registry, application, manifest.config());
        blobs.add(manifest.config().digest());
        for (Descriptor layer : manifest.layers()) {
            pull(registry, application, layer);
            blobs.add(layer.digest());
        }
        ArtifactConfig config =
                ArtifactConfig.read(content.bytes(manifest.config().digest()));
        if (config.run() == null) {
            throw refuse(
                    artifact, "it does not say how it is run.", "Add `run` to waybill.yaml and build the next commit.");
        }
        return new Order.Contents(config.run(), files(manifest, artifact), blobs);
    }

    private void pull(RegistryClient registry, ApplicationName application, Descriptor descriptor) throws IOException {
        if (!content.has(descriptor.digest())) {
            Path incoming = content.incoming();
            registry.pullTo(application, descriptor.digest(), descriptor.size(), incoming);
            content.adopt(descriptor.digest(), incoming);
        }
    }

    private static List<Order.PackedFile> files(Manifest manifest, Digest artifact) {
        List<Order.PackedFile> files = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            String title = layer.title();
            if (title == null) {
                throw refuse(artifact, "a layer has no file name.", "Build it with `waybill build`.");
            }
            files.add(new Order.PackedFile(title, layer.digest(), form(layer)));
        }
        return files;
    }

    private static Order.Form form(Descriptor layer) {
        if (Layers.isDirectory(layer)) {
            return Order.Form.DIRECTORY;
        }
        return Layers.isExecutable(layer) ? Order.Form.PROGRAM : Order.Form.FILE;
    }

    private static void requireKnown(Manifest manifest, Digest artifact) {
        if (!manifest.config().mediaType().equals(ArtifactConfig.MEDIA_TYPE)) {
            throw refuse(
                    artifact,
                    "its config is " + manifest.config().mediaType() + ", which the directory driver cannot run.",
                    "Deploy images with a driver for containers; build others with `waybill build`.");
        }
    }

    private static RuntimeException refuse(Digest artifact, String why, String next) {
        return new Problem.Refused("ARTIFACT_NOT_RUNNABLE", "Reading the artifact " + artifact, why, next).exception();
    }
}
