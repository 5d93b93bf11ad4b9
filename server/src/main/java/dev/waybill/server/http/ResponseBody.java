package dev.waybill.server.http;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.eclipse.jetty.ee10.servlet.HttpOutput;

/** The response's body as a channel: Jetty takes direct buffers as they are, without a copy through the heap. */
record ResponseBody(HttpOutput out) implements WritableByteChannel {
    static WritableByteChannel of(OutputStream stream) {
        if (stream instanceof HttpOutput out) {
            return new ResponseBody(out);
        }
        throw new IllegalStateException("Jetty's own output is expected, not " + stream.getClass());
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        int count = bytes.remaining();
        out.write(bytes);
        bytes.position(bytes.limit());
        return count;
    }

    @Override
    public boolean isOpen() {
        return !out.isClosed();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
