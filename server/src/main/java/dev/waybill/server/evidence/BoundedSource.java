package dev.waybill.server.evidence;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Ends with an error after so many bytes, and remembers a failure of the source that an XML parser would wrap. */
final class BoundedSource extends FilterInputStream {
    private final long limit;
    private long count;
    private @Nullable IOException failure;

    BoundedSource(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (exceeded()) {
            throw new IOException("more than " + limit + " bytes");
        }
        try {
            int read = super.read(buffer, offset, length);
            count += Math.max(0, read);
            return read;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    boolean exceeded() {
        return count > limit;
    }

    /** Throws what the source itself threw, if it did. */
    void rethrow() throws IOException {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
