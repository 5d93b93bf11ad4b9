package dev.waybill.cli.artifact;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.api.client.PulledManifest;
import dev.waybill.api.client.RegistryClient;
import dev.waybill.api.oci.Descriptor;
import dev.waybill.api.oci.Layers;
import dev.waybill.api.oci.Manifest;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Brings the layers of a packed artifact into a directory, each under its title. */
public final class Fetch {
    private static final int CONFIG_LIMIT = 4 * 1024 * 1024;

    private final RegistryClient registry;
    private final Progress progress;

    public Fetch(RegistryClient registry, Progress progress) {
        this.registry = registry;
        this.progress = progress;
    }

    /** Refuses names that leave the directory and files that are there already. */
    public List<FileInside> into(ApplicationName application, Digest digest, Path directory) throws IOException {
        progress.say("Fetching the manifest");
        PulledManifest pulled = registry.pullManifest(application, digest);
        if (pulled.mediaType().startsWith(Manifest.INDEX_MEDIA_TYPE)) {
            throw notPacked(digest, "it is an index of several manifests.");
        }
        Manifest manifest = pulled.manifest();
        Files.createDirectories(directory);
        List<FileInside> files = new ArrayList<>();
        for (Descriptor layer : manifest.layers()) {
            Path file = place(digest, layer, directory);
            progress.say("Fetching " + file.getFileName() + ", " + Count.of(layer.size(), "byte"));
            Files.createDirectories(file.getParent());
            registry.pullTo(application, layer.digest(), layer.size(), file);
            if (Layers.isExecutable(layer)) {
                executable(file);
            }
            files.add(new FileInside(
                    directory.relativize(file).toString().replace('\\', '/'), layer.size(), layer.digest()));
        }
        return files;
    }

    /** The config blob, checked. */
    public byte[] config(ApplicationName application, Digest digest) throws IOException {
        Descriptor config =
                registry.pullManifest(application, digest).manifest().config();
        return registry.pullBytes(application, config.digest(), config.size(), CONFIG_LIMIT);
    }

    private static Path place(Digest digest, Descriptor layer, Path directory) {
        String title = layer.title();
        if (title == null) {
            throw notPacked(digest, "its layers have no file names: it is an image.");
        }
        Path file = directory.resolve(Layers.requireFileName(digest, title));
        if (Files.exists(file)) {
            throw new Problem.Refused(
                            "FILE_EXISTS",
                            "Fetching " + digest,
                            "'" + title + "' is in that directory already.",
                            "Give another directory with --to.")
                    .exception();
        }
        return file;
    }

    private static void executable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException("cannot make " + file + " executable");
        }
    }

    private static ProblemException notPacked(Digest digest, String why) {
        return new Problem.Refused(
                        "ARTIFACT_NOT_FILES",
                        "Fetching the files of " + digest,
                        why,
                        "Use a container client: `docker pull` or `skopeo copy` by this digest.")
                .exception();
    }
}
