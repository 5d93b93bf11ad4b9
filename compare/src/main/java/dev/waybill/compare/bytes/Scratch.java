package dev.waybill.compare.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps what comes out of decompressors: in memory while it is small, else in a private directory. */
public final class Scratch implements AutoCloseable {
    /** What has at most so many bytes stays in memory. */
    public static final int IN_MEMORY = 8 * 1024 * 1024;

    private final Budget budget;
    private @Nullable Path directory;
    private long count;

    public Scratch(Budget budget) {
        this.budget = budget;
    }

    public Budget budget() {
        return budget;
    }

    /**
     * Reads a decompressor to its end.
     *
     * @param packed bytes that it reads from
     */
    public Bytes keep(InputStream unpacking, long packed) throws IOException {
        byte[] buffer = new byte[Math.clamp(packed * 4, 4 * 1024, 256 * 1024)];
        int length = 0;
        long produced = 0;
        int read = unpacking.read(buffer, 0, buffer.length);
        while (read >= 0) {
            length += read;
            produced += read;
            budget.unpacked(read, produced, packed);
            if (length == buffer.length) {
                if (length >= IN_MEMORY) {
                    return spill(buffer, unpacking, packed);
                }
                buffer = Arrays.copyOf(buffer, Math.min(IN_MEMORY, buffer.length * 4));
            }
            read = unpacking.read(buffer, length, buffer.length - length);
        }
        return new HeapBytes(buffer, length);
    }

    private Bytes spill(byte[] first, InputStream unpacking, long packed) throws IOException {
        Path file = directory().resolve("part-" + count++);
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(first);
            long produced = first.length;
            byte[] buffer = first;
            int read = unpacking.read(buffer, 0, buffer.length);
            while (read >= 0) {
                produced += read;
                budget.unpacked(read, produced, packed);
                out.write(buffer, 0, read);
                read = unpacking.read(buffer, 0, buffer.length);
            }
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return FileBytes.temporary(file);
    }

    private Path directory() throws IOException {
        Path known = directory;
        if (known == null) {
            known = Files.createTempDirectory("waybill-compare-");
            directory = known;
        }
        return known;
    }

    @Override
    public void close() throws IOException {
        Path known = directory;
        if (known == null) {
            return;
        }
        directory = null;
        try (Stream<Path> files = Files.list(known)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(known);
    }
}
