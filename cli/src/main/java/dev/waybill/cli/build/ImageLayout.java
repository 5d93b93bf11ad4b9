package dev.waybill.cli.build;

import dev.waybill.api.client.Content;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** An OCI image layout on disk (image-spec, image-layout.md); the one manifest that its index names is taken as it is. */
final class ImageLayout {
    private static final int MANIFEST_LIMIT = 4 * 1024 * 1024;

    private ImageLayout() {}

    static boolean is(Path directory) {
        return Files.isRegularFile(directory.resolve("oci-layout"))
                && Files.isRegularFile(directory.resolve("index.json"));
    }

    /** {@code IMAGE_LAYOUT_INVALID} unless there is exactly one image manifest and every byte is as promised. */
    static Packed read(Path directory) throws IOException {
        JsonNode manifests =
                Json.parse(Files.readAllBytes(directory.resolve("index.json"))).path("manifests");
        if (manifests.size() != 1) {
            throw invalid("its index names " + Count.of(manifests.size(), "manifest") + ", one is expected.");
        }
        Digest digest = Digest.parse(manifests.path(0).path("digest").asString(""));
        Path file = blob(directory, digest);
        if (Files.size(file) > MANIFEST_LIMIT) {
            throw invalid("the manifest has more than " + MANIFEST_LIMIT + " bytes.");
        }
        byte[] bytes = Files.readAllBytes(file);
        if (!Digest.sha256(bytes).equals(digest)) {
            throw invalid("the manifest's bytes do not have its digest.");
        }
        String mediaType = manifests.path(0).path("mediaType").asString("");
        if (Manifest.INDEX_MEDIA_TYPE.equals(mediaType)) {
            throw invalid("an index of several platforms is not taken here.");
        }
        Manifest manifest = Manifest.parse(bytes);
        List<Content> blobs = new ArrayList<>();
        for (Descriptor part : Stream.concat(manifest.layers().stream(), Stream.of(manifest.config()))
                .toList()) {
            Content content = Content.of(blob(directory, part.digest()));
            if (!content.digest().equals(part.digest())) {
                throw invalid("the blob " + part.digest() + " has other bytes.");
            }
            blobs.add(content);
        }
        return new Packed(blobs, mediaType, bytes);
    }

    private static Path blob(Path directory, Digest digest) {
        Path file =
                directory.resolve("blobs").resolve(digest.algorithm().label()).resolve(digest.hex());
        if (!Files.isRegularFile(file)) {
            throw invalid("the blob " + digest + " is missing.");
        }
        return file;
    }

    private static ProblemException invalid(String missing) {
        return new Problem.Refused(
                        "IMAGE_LAYOUT_INVALID",
                        "Reading the image layout that the build left",
                        missing,
                        "Let the command write one image, as `oci` layout. Several platforms: push them with a client and `waybill register`.")
                .exception();
    }
}
