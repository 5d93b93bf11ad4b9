package dev.waybill.agent.directory;

import dev.waybill.core.name.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;

/** A stream that hashes what is read from it. */
final class Hashed extends FilterInputStream {
    private static final int BUFFER = 8192;

    private final MessageDigest hash;

    Hashed(InputStream in) {
        this(in, Digest.Algorithm.SHA256.newMessageDigest());
    }

    private Hashed(InputStream in, MessageDigest hash) {
        super(new DigestInputStream(in, hash));
        this.hash = hash;
    }

    /** Skipping reads: {@link DigestInputStream} would leave skipped bytes out of its hash. */
    @Override
    public long skip(long count) throws IOException {
        if (count <= 0) {
            return 0;
        }
        byte[] passed = new byte[(int) Math.min(count, BUFFER)];
        return Math.max(0, read(passed, 0, passed.length));
    }

    /** Reads to the end and returns the digest of all. */
    Digest drain() throws IOException {
        transferTo(OutputStream.nullOutputStream());
        return Digest.of(Digest.Algorithm.SHA256, hash.digest());
    }
}
