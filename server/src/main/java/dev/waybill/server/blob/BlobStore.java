package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Bytes under their digest. Every method throws {@link IOException} when the store is broken, {@code DISK_FULL} when it is full. */
public interface BlobStore {
    /** Starts an upload under an id that nobody can guess; only {@code [0-9a-f-]}, at most 100 characters. */
    Upload begin(String id) throws IOException;

    /** The upload of that id if it is still open, also after a restart. */
    Optional<Upload> resume(String id) throws IOException;

    /** Stores bytes whose digest the caller has just computed; durable on return. Storing again repairs an altered blob. */
    void put(Digest digest, byte[] bytes) throws IOException;

    /** Opens for reading; empty when there is no such blob. The caller closes it. */
    Optional<Blob> open(Digest digest) throws IOException;

    /** Reads all of it: true if the bytes still have their digest, false if they do not or are gone. */
    boolean verify(Digest digest) throws IOException;

    /** Takes the bytes from under their digest. True if they were there. */
    boolean delete(Digest digest, Fate fate) throws IOException;

    /** What becomes of bytes that are taken away. */
    enum Fate {
        /** Nothing refers to them: whoever calls has made sure of that. */
        GONE,
        /** They are not what their name says: nobody gets them any more, somebody may look at them. */
        ASIDE
    }

    /** Everything that is stored, for the scrubber and the collector, read on as it is asked for. The caller closes it. */
    Stream<Stored> all();

    /**
     * A blob that is there.
     *
     * @param size in bytes
     * @param at when its bytes came last
     */
    record Stored(Digest digest, long size, Instant at) {}

    /** Uploads that are open, also those of a former process. */
    List<Open> uploads() throws IOException;

    /**
     * @param size bytes that came so far
     * @param touched when bytes came last
     */
    record Open(String id, long size, Instant touched) {}
}
