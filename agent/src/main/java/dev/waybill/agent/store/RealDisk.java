package dev.waybill.agent.store;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The host's own file system (POSIX). */
public final class RealDisk implements Disk {
    private static final int CHUNK = 128 * 1024;

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        try (FileChannel channel = FileChannel.open(
                temporary,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            drain(channel, ByteBuffer.wrap(bytes));
            channel.force(true);
        }
        rename(temporary, file);
    }

    @Override
    public void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Path there = parent(directory);
            while (!Files.isDirectory(there)) {
                there = parent(there);
            }
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            for (Path above = parent(directory); !above.equals(there); above = parent(above)) {
                force(above);
            }
            force(there);
        }
    }

    @Override
    public Written fill(Path file, InputStream in, String mode) throws IOException {
        MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
        long size = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                hash.update(chunk, 0, n);
                size += n;
                drain(channel, ByteBuffer.wrap(chunk, 0, n));
            }
            channel.force(true);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return new Written(Digest.of(Digest.Algorithm.SHA256, hash.digest()), size);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        if (Files.isDirectory(from, LinkOption.NOFOLLOW_LINKS)) {
            forceTree(from);
        }
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        force(parent(to));
    }

    @Override
    public void point(Path link, Path target) throws IOException {
        Path temporary = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, target);
        rename(temporary, link);
    }

    @Override
    public void remove(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes a) throws IOException {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, java.io.IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        force(parent(path));
    }

    private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static Path parent(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path.toAbsolutePath() : parent;
    }

    /** The names in a directory are durable only once it is itself; a name must not outlive what it stands for. */
    private static void forceTree(Path top) throws IOException {
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path directory :
                    (Iterable<Path>) paths.filter(p -> Files.isDirectory(p, LinkOption.NOFOLLOW_LINKS))::iterator) {
                force(directory);
            }
        }
    }

    /** A rename is durable only once its directory is. */
    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
