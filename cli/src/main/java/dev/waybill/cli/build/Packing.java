package dev.waybill.cli.build;

import dev.waybill.api.client.Content;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Layers;
import dev.waybill.api.oci.Manifest;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.core.project.ProjectFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Packs outputs as an OCI image manifest (image-spec, manifest.md, "Guidelines for Artifact Usage"): the config blob, then
 * one layer per file under its title. Nothing from the machine goes in. An OCI image layout that the build left is taken as
 * it is.
 */
final class Packing {
    private final Path scratch;

    /** @param scratch an empty directory for the tars of directories */
    Packing(Path scratch) {
        this.scratch = scratch;
    }

    Packed pack(ProjectFile project, CommitId commit, List<Outputs.Output> outputs) throws IOException {
        if (outputs.size() == 1 && ImageLayout.is(outputs.getFirst().path())) {
            return ImageLayout.read(outputs.getFirst().path());
        }
        List<Content> blobs = new ArrayList<>();
        List<Descriptor> layers = new ArrayList<>();
        for (Outputs.Output output : outputs) {
            boolean directory = Files.isDirectory(output.path());
            Path file = directory ? tar(output) : output.path();
            Content content = Content.of(file);
            blobs.add(content);
            String title = directory ? output.name() + ".tar" : output.name();
            boolean executable = !directory && Files.isExecutable(file) && kind(output) == ArtifactConfig.Kind.BINARY;
            layers.add(new Descriptor(
                    directory ? Layers.DIRECTORY : mediaType(output.name()),
                    content.digest(),
                    content.size(),
                    Layers.annotations(title, executable)));
        }
        ArtifactConfig config = new ArtifactConfig(
                project.application(), commit, kind(outputs.getFirst()), project.run(), project.config());
        Content blob = Content.of(config.bytes());
        blobs.add(blob);
        Descriptor described = new Descriptor(ArtifactConfig.MEDIA_TYPE, blob.digest(), blob.size(), null);
        Manifest manifest = Manifest.of(config.kind().artifactType(), described, layers);
        return new Packed(blobs, Manifest.MEDIA_TYPE, manifest.bytes());
    }

    private Path tar(Outputs.Output output) throws IOException {
        Path file = Files.createTempFile(scratch, "layer-", ".tar");
        Tar.write(output.path(), output.name(), file);
        return file;
    }

    private static ArtifactConfig.Kind kind(Outputs.Output output) {
        if (Files.isDirectory(output.path())) {
            return ArtifactConfig.Kind.DIRECTORY;
        }
        String name = output.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jar") || name.endsWith(".war")) {
            return ArtifactConfig.Kind.JAR;
        }
        if (name.endsWith(".zip")) {
            return ArtifactConfig.Kind.ZIP;
        }
        boolean tar = name.endsWith(".tar") || name.endsWith(".tar.gz") || name.endsWith(".tgz");
        return tar ? ArtifactConfig.Kind.TAR : ArtifactConfig.Kind.BINARY;
    }

    private static String mediaType(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".jar") || lower.endsWith(".war")) {
            return "application/java-archive";
        }
        if (lower.endsWith(".zip")) {
            return "application/zip";
        }
        return lower.endsWith(".tar") ? "application/x-tar" : "application/octet-stream";
    }
}
