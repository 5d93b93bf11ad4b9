package dev.waybill.server.tile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Files that are there whole and durably, or not at all: temporary file, fsync, rename, fsync of the directory. */
public final class FileWrites {
    public static final FileWrites REAL = new FileWrites(step -> {});
    static final String TEMPORARY = ".tmp";

    /** Is told of each step before it happens; a test throws here, as a full disk or a kill would end things. */
    @FunctionalInterface
    public interface Steps {
        void before(String step) throws IOException;
    }

    private final Steps steps;

    public FileWrites(Steps steps) {
        this.steps = steps;
    }

    /** A crash leaves at most a temporary file, which nobody reads. */
    public void write(Path target, byte[] bytes, FileAttribute<?>... attributes) throws IOException {
        Path directory = parent(target);
        Path temporary = directory.resolve("." + target.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
        try {
            steps.before("create " + target);
            Files.createFile(temporary, attributes);
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    steps.before("write " + target);
                    channel.write(buffer);
                }
                steps.before("fsync " + target);
                channel.force(true);
            }
            steps.before("rename " + target);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            steps.before("tidy " + target);
            Files.deleteIfExists(temporary);
            throw e;
        }
        sync(directory);
    }

    /** Makes a directory and those above it, each one durable in its parent. */
    public void directories(Path directory, FileAttribute<?>... attributes) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = directory.toAbsolutePath(); at != null && !Files.isDirectory(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path each : missing) {
            steps.before("mkdir " + each);
            Files.createDirectory(each, attributes);
            sync(parent(each));
        }
    }

    /** Makes the names in a directory durable. */
    void sync(Path directory) throws IOException {
        steps.before("fsync " + directory);
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path path) throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IOException("There is no directory for " + path);
        }
        return parent;
    }
}
