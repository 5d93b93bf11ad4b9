package dev.waybill.server.blob;

import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An upload as a temporary file. The sha256 is computed while bytes arrive; after a restart, and for sha512, the file is
 * read again. One writer at a time: a second one is refused, so that two clients cannot interleave.
 */
final class FileUpload implements Upload {
    private static final int CHUNK = 128 * 1024;

    private final FileBlobStore store;
    private final String id;
    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private MessageDigest sha256;
    private volatile long received;
    private volatile boolean ended;

    FileUpload(FileBlobStore store, String id, Path file) {
        this.store = store;
        this.id = id;
        this.file = file;
        this.sha256 = Digest.Algorithm.SHA256.newMessageDigest();
    }

    /** Takes up what a former process left: whatever reached the file counts. */
    void takeUp() throws IOException {
        try (FileChannel channel = store.disk().openForReading(file)) {
            sha256 = hash(channel, Digest.Algorithm.SHA256);
            received = channel.size();
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public long received() {
        return received;
    }

    @Override
    public long append(InputStream in, long offset) throws IOException {
        alone();
        try {
            if (offset >= 0 && offset != received) {
                throw new Problem.Malformed(
                                "RANGE_INVALID",
                                "Appending to an upload at byte " + offset,
                                "it stands at byte " + received + ".",
                                "Ask for its status and go on from there.")
                        .exception();
            }
            try (FileChannel channel = store.disk().openForUpdate(file)) {
                copy(in, channel);
            }
            return received;
        } catch (IOException e) {
            throw FileBlobStore.full(e);
        } finally {
            lock.unlock();
        }
    }

    private void copy(InputStream in, FileChannel channel) throws IOException {
        byte[] chunk = new byte[CHUNK];
        int read;
        while ((read = in.read(chunk)) >= 0) {
            try {
                store.disk().write(channel, ByteBuffer.wrap(chunk, 0, read), received);
            } catch (IOException e) {
                cutBack(channel, e);
                throw e;
            }
            sha256.update(chunk, 0, read);
            // Only the holder of the lock writes; others read how far it is.
            long now = received + read;
            received = now;
        }
    }

    /** A chunk that was written in part must not outlive the count: a restart takes the file's length for the truth. */
    private void cutBack(FileChannel channel, IOException cause) {
        try {
            store.disk().truncate(channel, received);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Whatever goes wrong here ends the upload: after a failed fsync the kernel may call lost pages clean, so that a second
     * try would say yes to bytes that are not on disk.
     */
    @Override
    public long finish(Digest digest) throws IOException {
        alone();
        try {
            makeDurable(digest);
            return received;
        } catch (IOException e) {
            drop(e);
            throw FileBlobStore.full(e);
        } catch (RuntimeException e) {
            drop(e);
            throw e;
        } finally {
            end();
            lock.unlock();
        }
    }

    private void makeDurable(Digest digest) throws IOException {
        try (FileChannel channel = store.disk().openForUpdate(file)) {
            // Bytes beyond the count are the rest of a chunk that failed.
            if (channel.size() != received) {
                store.disk().truncate(channel, received);
            }
            store.disk().force(channel);
            require(digest, actual(channel, digest.algorithm()));
        }
        store.adopt(file, digest);
    }

    @Override
    public boolean isOpen() {
        return !ended;
    }

    private void drop(Exception cause) {
        try {
            store.disk().delete(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private Digest actual(FileChannel channel, Digest.Algorithm algorithm) throws IOException {
        try {
            MessageDigest hash =
                    algorithm == Digest.Algorithm.SHA256 ? (MessageDigest) sha256.clone() : hash(channel, algorithm);
            return Digest.of(algorithm, hash.digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned", e);
        }
    }

    private static void require(Digest expected, Digest actual) {
        if (!actual.equals(expected)) {
            throw new Problem.Malformed(
                            "DIGEST_INVALID",
                            "Storing a blob as " + expected,
                            "the bytes that arrived have the digest " + actual + ".",
                            "Send the bytes again; if it happens again, the sender's own digest is wrong.")
                    .exception();
        }
    }

    static MessageDigest hash(FileChannel channel, Digest.Algorithm algorithm) throws IOException {
        MessageDigest hash = algorithm.newMessageDigest();
        ByteBuffer buffer = Buffers.take();
        try {
            long at = 0;
            int read;
            while ((read = channel.read(buffer.clear(), at)) >= 0) {
                hash.update(buffer.flip());
                at += read;
            }
            return hash;
        } finally {
            Buffers.giveBack(buffer);
        }
    }

    @Override
    public void discard() throws IOException {
        alone();
        try {
            store.disk().delete(file);
        } finally {
            end();
            lock.unlock();
        }
    }

    private void end() {
        ended = true;
        store.forget(id);
    }

    private void alone() {
        if (!lock.tryLock()) {
            throw new Problem.Conflict(
                            "UPLOAD_BUSY",
                            "Writing to an upload",
                            "another request is writing to it.",
                            "Wait for that one to end, then ask for the upload's status.")
                    .exception();
        }
        if (ended) {
            lock.unlock();
            throw new Problem.NotFound(
                            "BLOB_UPLOAD_UNKNOWN", "Writing to an upload", "it has ended.", "Start another upload.")
                    .exception();
        }
    }
}
