package dev.waybill.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The server's data directory as an intruder sees it. */
final class ServerDisk {
    private ServerDisk() {}

    /** The newest of the large blobs: the layer of the artifact that was built last. */
    static Path largestBlob(Path data) throws IOException {
        try (Stream<Path> tree = Files.walk(data.resolve("blobs"))) {
            return tree.filter(Files::isRegularFile)
                    .filter(p -> size(p) > 4_000)
                    .max(Comparator.comparing(ServerDisk::modified))
                    .orElseThrow(() -> new DemoFailed("There is no blob on the server's disk."));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static java.nio.file.attribute.FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
