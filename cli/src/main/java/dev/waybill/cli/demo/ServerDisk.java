package dev.waybill.cli.demo;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A blob in the server's data directory as an intruder sees it. */
final class ServerDisk {
    private final Path blob;
    private final byte[] honest;

    private ServerDisk(Path blob, byte[] honest) {
        this.blob = blob;
        this.honest = honest;
    }

    /** The stored bytes of this file. */
    static ServerDisk blobOf(Path data, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String hex = Digest.sha256(bytes).hex();
        Path blob = data.resolve("blobs")
                .resolve("sha256")
                .resolve(hex.substring(0, 2))
                .resolve(hex);
        if (!Files.exists(blob)) {
            throw new DemoFailed("The server has no blob at " + blob + ".");
        }
        return new ServerDisk(blob, bytes);
    }

    void changeOneByte() throws IOException {
        byte[] altered = honest.clone();
        altered[altered.length / 2] ^= 1;
        Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-------"));
        Files.write(blob, altered);
    }

    void undo() throws IOException {
        Files.write(blob, honest);
    }
}
