package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Bytes on their way to becoming a blob. What arrived stays until the upload is finished, discarded or forgotten by time. */
public interface Upload {
    String id();

    /** Bytes received so far. */
    long received();

    /**
     * Adds what the stream has, if the upload stands at {@code offset} (or at any, when negative). When the stream breaks,
     * what arrived is kept and counted.
     *
     * @return bytes received in all
     */
    long append(InputStream in, long offset) throws IOException;

    /** Makes the bytes durable under their digest and ends the upload; {@code DIGEST_INVALID} and nothing stored if they have another. */
    long finish(Digest digest) throws IOException;

    /** False once it was finished or discarded. */
    boolean isOpen();

    /** Ends the upload without a blob. */
    void discard() throws IOException;
}
