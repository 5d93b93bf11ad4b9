package dev.waybill.server.ledger;

import dev.waybill.core.problem.Problem;
import dev.waybill.server.tile.FileWrites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Keys in a directory that only the server's own user can enter: 0700, files 0600; anything wider is refused. */
final class FileKeyStore implements KeyStore {
    private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path directory;

    FileKeyStore(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<String> read(String name) {
        Path file = directory.resolve(name);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            requirePrivate(directory, "0700");
            requirePrivate(file, "0600");
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    @Override
    public void write(String name, String content) {
        try {
            if (!Files.exists(directory)) {
                FileWrites.REAL.directories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            requirePrivate(directory, "0700");
            FileWrites.REAL.write(
                    directory.resolve(name),
                    content.getBytes(StandardCharsets.UTF_8),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + directory.resolve(name), e);
        }
    }

    private static void requirePrivate(Path path, String mode) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path))) {
            throw new Problem.Unavailable(
                            "KEYS_EXPOSED",
                            "Reading the server's keys",
                            path + " can be opened by other users of this machine ("
                                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path)) + ").",
                            "Find out who had access; if nobody, run `chmod " + mode + " " + path
                                    + "` and start again.")
                    .exception();
        }
    }
}
