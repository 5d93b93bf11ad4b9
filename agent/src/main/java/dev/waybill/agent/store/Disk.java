package dev.waybill.agent.store;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Every durable step that the agent takes on a file system, so that a test can end the agent at each of them. */
public interface Disk {
    Optional<byte[]> read(Path file) throws IOException;

    /** Replaces a file as a whole, 0600: temporary file, fsync, rename, fsync of the directory. */
    void write(Path file, byte[] bytes) throws IOException;

    /** Makes a directory and those above it, 0700 where new. */
    void directory(Path directory) throws IOException;

    /** Streams into a file that must not exist, fsyncs it, sets its POSIX mode such as {@code r--r--r--}, and returns what was written. */
    Written fill(Path file, InputStream in, String mode) throws IOException;

    /** Gives a file or a directory its name; both ends on one file system, durable on return. */
    void rename(Path from, Path to) throws IOException;

    /** Makes {@code link} a symbolic link to {@code target}, replacing what it was in one step. */
    void point(Path link, Path target) throws IOException;

    /** Removes a file or a whole tree; nothing there is no error. Links are removed, not followed. */
    void remove(Path path) throws IOException;

    /** What a stream held. */
    record Written(Digest digest, long size) {}
}
