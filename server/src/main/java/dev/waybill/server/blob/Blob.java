package dev.waybill.server.blob;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open blob. Its bytes are as the disk gives them: the reader hashes (law: every client of ours does). */
public interface Blob extends AutoCloseable {
    /** In bytes. */
    long size();

    /** Fills the buffer from that offset on; returns how many bytes, at least one unless the end is reached (-1). */
    int read(ByteBuffer into, long offset) throws IOException;

    /** Sends a part through a few large direct buffers; fails when the file ends before it should. */
    default void copy(long offset, long length, WritableByteChannel to) throws IOException {
        ByteBuffer buffer = Buffers.take();
        try {
            long at = offset;
            long end = offset + length;
            while (at < end) {
                buffer.clear();
                buffer.limit((int) Math.min(buffer.capacity(), end - at));
                int read = read(buffer, at);
                if (read < 0) {
                    throw new IOException("A blob ended at " + at + ", before byte " + end);
                }
                at += read;
                buffer.flip();
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        } finally {
            Buffers.giveBack(buffer);
        }
    }

    /** The bytes, when they are few; {@code BLOB_TOO_LARGE} beyond the limit. */
    default byte[] bytes(int limit) throws IOException {
        if (size() > limit) {
            throw new Problem.TooLarge(
                            "BLOB_TOO_LARGE",
                            "Reading a blob as a document",
                            "it has " + size() + " bytes, the limit is " + limit + ".",
                            "Stream it instead.")
                    .exception();
        }
        ByteBuffer all = ByteBuffer.allocate((int) size());
        while (all.hasRemaining()) {
            if (read(all, all.position()) < 0) {
                throw new IOException("A blob ended at " + all.position() + ", before byte " + size());
            }
        }
        return all.array();
    }

    @Override
    void close() throws IOException;
}
