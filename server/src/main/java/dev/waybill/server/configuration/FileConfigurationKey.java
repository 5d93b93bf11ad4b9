package dev.waybill.server.configuration;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The key of all values: {@code DATA/keys/configuration.key}, 32 bytes, 0600, outside of the database and its backups. */
public final class FileConfigurationKey {
    static final String NAME = "configuration.key";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private FileConfigurationKey() {}

    /**
     * Reads the key; makes it while there is nothing yet that it could have sealed.
     *
     * @param data the server's data directory
     * @param first true when the database holds no configuration
     */
    public static ValueSeal open(Path data, boolean first) {
        Path directory = data.resolve("keys");
        Path file = directory.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                if (!first) {
                    throw unusable("it is not there, but values were sealed with it.");
                }
                make(directory, file);
            }
            if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
                throw unusable("other users of this machine can open it.");
            }
            byte[] key = Files.readAllBytes(file);
            if (key.length != ValueSeal.KEY_BYTES) {
                throw unusable("it has " + key.length + " bytes instead of " + ValueSeal.KEY_BYTES + ".");
            }
            return new ValueSeal(key);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot use " + file, e);
        }
    }

    /** Whole and durable before it seals anything: temporary file, fsync, rename, fsync of the directory. */
    private static void make(Path directory, Path file) throws IOException {
        Files.createDirectories(directory, mode("rwx------"));
        Path temporary = directory.resolve("." + NAME + ".tmp");
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, mode("rw-------"));
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(ValueSeal.random(ValueSeal.KEY_BYTES));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> mode(String mode) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode));
    }

    private static RuntimeException unusable(String missing) {
        return new Problem.Unavailable(
                        "CONFIGURATION_KEY_UNUSABLE",
                        "Reading keys/" + NAME,
                        missing,
                        "Restore the file from the backup of the keys directory, mode 0600.")
                .exception();
    }
}
