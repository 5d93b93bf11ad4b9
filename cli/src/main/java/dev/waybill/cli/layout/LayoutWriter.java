package dev.waybill.cli.layout;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes a layout so that it may end at any moment: blobs beside their names, then renamed; index.json last, when all else is on
 * the disk. The lock is on the file {@code oci-layout}, which every layout has, so that nothing is left of it.
 */
public final class LayoutWriter implements AutoCloseable {
    private static final byte[] MARK = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private final LayoutDirectory layout;
    private final ApplicationName repository;
    private final FileChannel mark;

    private LayoutWriter(LayoutDirectory layout, ApplicationName repository, FileChannel mark) {
        this.layout = layout;
        this.repository = repository;
        this.mark = mark;
    }

    /** {@code EXPORT_EXISTS} where something else lies, {@code EXPORT_RUNNING} while somebody else writes there. */
    public static LayoutWriter open(Path directory, ApplicationName repository) throws IOException {
        Files.createDirectories(directory);
        LayoutDirectory layout = new LayoutDirectory(directory);
        Path file = directory.resolve(LayoutDirectory.MARK);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !isEmpty(directory)) {
            throw exists(directory, "it is not empty and no image layout.");
        }
        FileChannel mark =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        LayoutWriter writer = new LayoutWriter(layout, repository, mark);
        try {
            writer.lock();
            writer.requireOurs();
            writer.prepare();
            return writer;
        } catch (IOException | RuntimeException e) {
            mark.close();
            throw e;
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    private void lock() throws IOException {
        try {
            FileLock lock = mark.tryLock();
            if (lock != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Another thread of this process: the same to whoever asked.
        }
        throw new Problem.Conflict(
                        "EXPORT_RUNNING",
                        "Exporting " + repository + " into " + layout.root(),
                        "another export writes there.",
                        "Wait for its end; what it fetched is not fetched again.")
                .exception();
    }

    private void requireOurs() throws IOException {
        Path file = layout.root().resolve(LayoutDirectory.INDEX);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        String of = LayoutIndex.read(layout, layout.read(file, LayoutDirectory.INDEX, Json.MAX_BYTES))
                .repository();
        if (!repository.value().equals(of)) {
            throw exists(layout.root(), "it holds a layout of " + (of == null ? "something else" : of) + ".");
        }
    }

    private static ProblemException exists(Path directory, String missing) {
        return new Problem.Refused(
                        "EXPORT_EXISTS",
                        "Exporting a repository into " + directory,
                        missing,
                        "Name a new directory, or one with an earlier export of the same repository.")
                .exception();
    }

    /** What a killed run was writing has no name that anybody reads; it goes. */
    private void prepare() throws IOException {
        mark.truncate(0);
        mark.write(ByteBuffer.wrap(MARK), 0);
        mark.force(true);
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Path directory = layout.root().resolve("blobs").resolve(algorithm.label());
            Digest any = Digest.of(algorithm, algorithm.newMessageDigest().digest());
            layout.has(any);
            if (algorithm == Digest.Algorithm.SHA256) {
                Files.createDirectories(directory);
            }
            sweep(directory);
        }
        sweep(layout.root());
    }

    private static void sweep(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, ".waybill-*.part")) {
                for (Path part : parts) {
                    Files.delete(part);
                }
            }
        }
    }

    /** True if the bytes are there; every one of them was read. */
    public boolean isWhole(Digest digest, long size) throws IOException {
        return layout.isWhole(digest, size);
    }

    /** Bytes that are there. */
    public byte[] bytes(Digest digest, long size) throws IOException {
        return LayoutReader.bytes(layout, digest, size);
    }

    /** Where the bytes of that digest belong; its directory is there. */
    public Path place(Digest digest) throws IOException {
        return Files.createDirectories(layout.algorithm(digest)).resolve(digest.hex());
    }

    public void put(Digest digest, byte[] bytes) throws IOException {
        write(place(digest), bytes);
    }

    /** Names what is there; from now on it is a layout. {@code LAYOUT_TOO_LARGE} when no reader would take its index. */
    public void finish(Graph graph, List<Node> unnamed) throws IOException {
        Map<Version, Digest> tags = new TreeMap<>(graph.tags());
        byte[] index = LayoutIndex.write(repository, tags, unnamed, graph.nodes());
        if (index.length > Json.MAX_BYTES) {
            throw new Problem.TooLarge(
                            "LAYOUT_TOO_LARGE",
                            "Exporting " + repository + " into " + layout.root(),
                            "its index.json would have " + index.length + " bytes, and readers take at most "
                                    + Json.MAX_BYTES + ".",
                            "Remove tags that nobody needs, or copy with a registry client.")
                    .exception();
        }
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            sync(layout.root().resolve("blobs").resolve(algorithm.label()));
        }
        sync(layout.root().resolve("blobs"));
        write(layout.root().resolve(LayoutDirectory.INDEX), index);
        sync(layout.root());
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Path part = Files.createTempFile(file.toAbsolutePath().getParent(), ".waybill-", ".part");
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void sync(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        mark.close();
    }
}
