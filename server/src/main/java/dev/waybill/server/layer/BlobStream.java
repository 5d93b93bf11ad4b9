package dev.waybill.server.layer;

import dev.waybill.server.blob.Blob;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** An open blob from its first byte to its last. Closing it leaves the blob to whoever opened it. */
final class BlobStream extends InputStream {
    private final Blob blob;
    private long position;

    BlobStream(Blob blob) {
        this.blob = blob;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        int count = blob.read(ByteBuffer.wrap(into, offset, length), position);
        if (count > 0) {
            position += count;
        }
        return count;
    }
}
