package dev.waybill.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Every call that the store makes to the file system, one method each: the seam where tests let each of them fail. */
class FileDisk {
    void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory);
    }

    FileChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    FileChannel openForUpdate(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.READ);
    }

    /** Throws {@link NoSuchFileException} when it is not there. */
    FileChannel openForReading(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    void write(FileChannel to, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += to.write(bytes, at);
        }
    }

    void truncate(FileChannel file, long size) throws IOException {
        file.truncate(size);
    }

    void force(FileChannel file) throws IOException {
        file.force(true);
    }

    /** Replaces what is there, atomically. */
    void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A rename is durable only when its directory is (fsync(2)). */
    void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    boolean delete(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }
}
