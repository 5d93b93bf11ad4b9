package dev.waybill.server;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The data directory, held by exactly one server at a time through a lock that dies with the process. */
final class FileDataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private FileDataDirectory(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    static FileDataDirectory open(Path path) {
        Path there = existing(path);
        if (!Files.isDirectory(there)) {
            throw unusable(
                    path,
                    there + " is a file, not a directory.",
                    "Choose a directory with --data; it is made if needed.");
        }
        try {
            if (!Files.exists(path)) {
                Files.createDirectories(
                        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!lock(channel)) {
                channel.close();
                throw unusable(
                        path, "another Waybill server holds it.", "Stop that server, or choose another directory.");
            }
            return new FileDataDirectory(path, channel);
        } catch (AccessDeniedException e) {
            throw unusable(
                    path,
                    "this user may not write in " + there + ".",
                    "Give this user the directory, or choose another with --data.");
        } catch (IOException e) {
            throw unusable(
                    path,
                    "nothing can be made in " + there + reason(e) + ".",
                    "Choose a directory on a disk that can be written, with --data.");
        }
    }

    /** The directory itself, or what of the way to it is there. */
    private static Path existing(Path path) {
        Path there = path;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        return there;
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
        return reason == null ? "" : " (" + reason + ")";
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static RuntimeException unusable(Path path, String missing, String next) {
        return new Problem.Unavailable("DATA_UNUSABLE", "Opening the data directory " + path, missing, next)
                .exception();
    }

    /** Bytes that this user may still write. */
    long free() {
        try {
            return Files.getFileStore(path).getUsableSpace();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
