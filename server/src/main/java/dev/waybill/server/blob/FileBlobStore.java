package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Blobs as files: {@code DIR/<algorithm>/<first two hex>/<hex>}, uploads as {@code DIR/uploads/<id>} and what is damaged as {@code DIR/damaged/*} on the same file system,
 * so that a rename is atomic. A blob that is pushed again replaces the file: the new bytes were just verified, the old ones
 * may have rotted.
 */
public final class FileBlobStore implements BlobStore {
    private final Path root;
    private final Path uploads;
    private final Path aside;
    private final FileDisk disk;
    private final Map<String, FileUpload> open = new ConcurrentHashMap<>();
    private final Set<Path> standing = ConcurrentHashMap.newKeySet();

    /** Opens or creates the directory. */
    public FileBlobStore(Path root) throws IOException {
        this(root, new FileDisk());
    }

    FileBlobStore(Path root, FileDisk disk) throws IOException {
        this.root = root;
        this.uploads = root.resolve("uploads");
        this.aside = root.resolve("damaged");
        this.disk = disk;
        disk.createDirectories(uploads);
        prepare();
    }

    private void prepare() throws IOException {
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            disk.createDirectories(root.resolve(algorithm.label()));
        }
        disk.forceDirectory(root);
    }

    /** A directory stands, durably, before its first blob does: nobody goes on while somebody else is making it. */
    private void stand(Path directory) throws IOException {
        if (standing.contains(directory)) {
            return;
        }
        synchronized (standing) {
            disk.createDirectories(directory);
            disk.forceDirectory(parent(directory));
            standing.add(directory);
        }
    }

    FileDisk disk() {
        return disk;
    }

    @Override
    public Upload begin(String id) throws IOException {
        Path file = uploadFile(id);
        try {
            disk.create(file).close();
        } catch (IOException e) {
            throw full(e);
        }
        FileUpload upload = new FileUpload(this, id, file);
        open.put(id, upload);
        return upload;
    }

    @Override
    public Optional<Upload> resume(String id) throws IOException {
        FileUpload known = open.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Path file = uploadFile(id);
        FileUpload upload = new FileUpload(this, id, file);
        try {
            upload.takeUp();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        FileUpload first = open.putIfAbsent(id, upload);
        return Optional.of(first == null ? upload : first);
    }

    private Path uploadFile(String id) {
        if (!id.matches("[0-9a-f-]{1,100}")) {
            throw new IllegalArgumentException("Not an upload id: " + id);
        }
        return uploads.resolve(id);
    }

    void forget(String id) {
        open.remove(id);
    }

    @Override
    public void put(Digest digest, byte[] bytes) throws IOException {
        Upload upload = begin(UUID.randomUUID().toString());
        try {
            upload.append(new ByteArrayInputStream(bytes), 0);
        } catch (IOException | RuntimeException e) {
            try {
                upload.discard();
            } catch (IOException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
        upload.finish(digest);
    }

    /** The file's bytes are on disk and verified: from here on they have their name. */
    void adopt(Path file, Digest digest) throws IOException {
        Path target = path(digest);
        stand(parent(target));
        disk.rename(file, target);
        disk.forceDirectory(parent(target));
    }

    @Override
    public Optional<Blob> open(Digest digest) throws IOException {
        try {
            FileChannel channel = disk.openForReading(path(digest));
            return Optional.of(new FileBlob(channel, channel.size()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private record FileBlob(FileChannel channel, long size) implements Blob {
        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
            return channel.read(into, offset);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    @Override
    public boolean verify(Digest digest) throws IOException {
        try (FileChannel channel = disk.openForReading(path(digest))) {
            return Digest.of(
                            digest.algorithm(),
                            FileUpload.hash(channel, digest.algorithm()).digest())
                    .equals(digest);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public boolean delete(Digest digest, Fate fate) throws IOException {
        Path file = path(digest);
        boolean there = switch (fate) {
            case GONE -> disk.delete(file);
            case ASIDE -> putAside(file);
        };
        if (there) {
            disk.forceDirectory(parent(file));
        }
        return there;
    }

    private boolean putAside(Path file) throws IOException {
        disk.createDirectories(aside);
        try {
            disk.rename(file, aside.resolve(UUID.randomUUID() + "-" + file.getFileName()));
            disk.forceDirectory(aside);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** One directory after the other: what is there is never in memory as a whole. */
    @Override
    public Stream<Stored> all() {
        return Stream.of(Digest.Algorithm.values())
                .flatMap(algorithm -> IntStream.range(0, 256).boxed().flatMap(i -> stored(algorithm, i)));
    }

    private Stream<Stored> stored(Digest.Algorithm algorithm, int first) {
        Path directory = root.resolve(algorithm.label()).resolve(HexFormat.of().toHexDigits((byte) first));
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList().stream().flatMap(file -> stored(algorithm, file).stream());
        } catch (NoSuchFileException e) {
            // No blob begins with these digits yet.
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for what was taken away since it was listed, and for files that others left here: they are not ours to judge. */
    private static Optional<Stored> stored(Digest.Algorithm algorithm, Path file) {
        try {
            Digest digest = Digest.parse(algorithm.label() + ":" + file.getFileName());
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? Optional.of(new Stored(
                            digest,
                            attributes.size(),
                            attributes.lastModifiedTime().toInstant()))
                    : Optional.empty();
        } catch (NoSuchFileException | ProblemException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Open> uploads() throws IOException {
        List<Open> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(uploads)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                open(file).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Empty for one that ended since it was listed. */
    private static Optional<Open> open(Path file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Open(
                    String.valueOf(file.getFileName()),
                    attributes.size(),
                    attributes.lastModifiedTime().toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private Path path(Digest digest) {
        return root.resolve(digest.algorithm().label())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    private static Path parent(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException(path + " has no parent");
        }
        return parent;
    }

    /** A full disk is a refusal that says so; anything else stays what it is. The JDK tells only by the text of strerror(3). */
    static IOException full(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            throw new Problem.Unavailable(
                            "DISK_FULL",
                            "Storing bytes",
                            "the disk under the data directory is full.",
                            "Free space there, then send again; nothing that was stored is lost.")
                    .exception();
        }
        return e;
    }
}
