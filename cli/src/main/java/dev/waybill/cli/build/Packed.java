package dev.waybill.cli.build;

import dev.waybill.api.client.Content;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.text.Count;
import java.util.List;

/** An artifact ready to be pushed: blobs in order, then the manifest whose digest is its identity. */
final class Packed {
    private final List<Content> blobs;
    private final String mediaType;
    private final byte[] manifest;

    Packed(List<Content> blobs, String mediaType, byte[] manifest) {
        this.blobs = List.copyOf(blobs);
        this.mediaType = mediaType;
        this.manifest = manifest.clone();
    }

    Digest digest() {
        return Digest.sha256(manifest);
    }

    long size() {
        return blobs.stream().mapToLong(Content::size).sum();
    }

    void push(RegistryClient registry, ApplicationName repository, Progress progress) {
        for (Content blob : blobs) {
            progress.say("Pushing " + blob.digest().shortHex() + ", " + Count.of(blob.size(), "byte"));
            registry.push(repository, blob);
        }
        registry.pushManifest(repository, mediaType, manifest);
    }
}
