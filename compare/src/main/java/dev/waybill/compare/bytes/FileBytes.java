package dev.waybill.compare.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file. Its length is what it was when it was opened; a file that shrinks meanwhile is unreadable, not silently short. */
public final class FileBytes extends Bytes implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final boolean ours;

    private FileBytes(Path file, boolean ours) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
        this.size = channel.size();
        this.ours = ours;
    }

    public static FileBytes of(Path file) throws IOException {
        return new FileBytes(file, false);
    }

    /** A file that is deleted with {@link #release}. */
    static FileBytes temporary(Path file) throws IOException {
        return new FileBytes(file, true);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) throws IOException {
        if (position < 0 || position > size - length) {
            throw new Unreadable("it ends too early");
        }
        ByteBuffer buffer = ByteBuffer.wrap(into, offset, length);
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new Unreadable("the file became shorter while it was read");
            }
            at += count;
        }
    }

    @Override
    public void release() {
        if (ours) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            if (ours) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The directory goes with Scratch.close, which says what it cannot delete.
        }
    }
}
