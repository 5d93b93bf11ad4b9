package dev.waybill.compare.bytes;

import dev.waybill.core.name.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A sequence of bytes of known length that can be read at any place, again and again. */
public abstract class Bytes {
    private @Nullable String sha256;

    /** Number of bytes. */
    public abstract long size();

    /**
     * Fills the part of the buffer.
     *
     * @throws Unreadable when fewer bytes are there
     */
    public abstract void read(long position, byte[] into, int offset, int length) throws IOException;

    /** These bytes under a part of them, without a copy. */
    public Bytes slice(long position, long length) throws Unreadable {
        if (position < 0 || length < 0 || position > size() - length) {
            throw new Unreadable("it ends too early");
        }
        return new Slice(this, position, length);
    }

    /** A few bytes, copied. */
    public byte[] take(long position, int length) throws IOException {
        if (position < 0 || length < 0 || position > size() - length) {
            throw new Unreadable("it ends too early");
        }
        byte[] taken = new byte[length];
        read(position, taken, 0, length);
        return taken;
    }

    /** The first bytes, fewer when it is shorter. */
    public byte[] head(int most) throws IOException {
        return take(0, (int) Math.min(most, size()));
    }

    /** All of it; for what a format reads whole, after a look at {@link #size}. */
    public byte[] whole(int most) throws IOException {
        if (size() > most) {
            throw new BoundMet("it has " + size() + " bytes, and this format is read up to " + most);
        }
        return take(0, (int) size());
    }

    /** A stream over all of it; closing it frees nothing. */
    public InputStream open() {
        return new Reading(this);
    }

    /** Lower-case hexadecimal, computed once. */
    public String sha256() throws IOException {
        String known = sha256;
        if (known == null) {
            MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
            byte[] buffer = new byte[(int) Math.min(128 * 1024, Math.max(1, size()))];
            for (long at = 0; at < size(); at += buffer.length) {
                int count = (int) Math.min(buffer.length, size() - at);
                read(at, buffer, 0, count);
                hash.update(buffer, 0, count);
            }
            known = Digest.of(Digest.Algorithm.SHA256, hash.digest()).hex();
            sha256 = known;
        }
        return known;
    }

    /** Gives back what it holds on a disk; it is not read afterwards. */
    public void release() {
        // Memory and slices hold nothing.
    }

    private static final class Slice extends Bytes {
        private final Bytes below;
        private final long start;
        private final long length;

        Slice(Bytes below, long start, long length) {
            this.below = below;
            this.start = start;
            this.length = length;
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public void read(long position, byte[] into, int offset, int count) throws IOException {
            if (position < 0 || position > length - count) {
                throw new Unreadable("it ends too early");
            }
            below.read(start + position, into, offset, count);
        }

        @Override
        public Bytes slice(long position, long count) throws Unreadable {
            if (position < 0 || count < 0 || position > length - count) {
                throw new Unreadable("it ends too early");
            }
            return new Slice(below, start + position, count);
        }
    }

    /** Buffers 64 KiB at a time. */
    private static final class Reading extends InputStream {
        private final Bytes bytes;
        private byte[] buffer = new byte[0];
        private int at;
        private long next;

        Reading(Bytes bytes) {
            this.bytes = bytes;
        }

        private boolean fill() throws IOException {
            long left = bytes.size() - next;
            if (left <= 0) {
                return false;
            }
            int count = (int) Math.min(64 * 1024, left);
            if (buffer.length != count) {
                buffer = new byte[count];
            }
            bytes.read(next, buffer, 0, count);
            next += count;
            at = 0;
            return true;
        }

        @Override
        public int read() throws IOException {
            return at < buffer.length || fill() ? buffer[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= buffer.length && !fill()) {
                return -1;
            }
            int count = Math.min(length, buffer.length - at);
            System.arraycopy(buffer, at, into, offset, count);
            at += count;
            return count;
        }

        @Override
        public int available() {
            return buffer.length - at;
        }
    }

    /** Whether the two have the same bytes; hashes are not computed for it. */
    public static boolean same(Bytes a, Bytes b) throws IOException {
        if (a.size() != b.size()) {
            return false;
        }
        if (a.sha256 != null && b.sha256 != null) {
            return a.sha256.equals(b.sha256);
        }
        byte[] left = new byte[(int) Math.min(64 * 1024, Math.max(1, a.size()))];
        byte[] right = new byte[left.length];
        for (long at = 0; at < a.size(); at += left.length) {
            int count = (int) Math.min(left.length, a.size() - at);
            a.read(at, left, 0, count);
            b.read(at, right, 0, count);
            if (Arrays.mismatch(left, 0, count, right, 0, count) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** Where the two first differ; the length of the shorter when one is the beginning of the other. */
    public static long mismatch(Bytes a, Bytes b) throws IOException {
        long shorter = Math.min(a.size(), b.size());
        byte[] left = new byte[64 * 1024];
        byte[] right = new byte[left.length];
        for (long at = 0; at < shorter; at += left.length) {
            int count = (int) Math.min(left.length, shorter - at);
            a.read(at, left, 0, count);
            b.read(at, right, 0, count);
            int found = Arrays.mismatch(left, 0, count, right, 0, count);
            if (found >= 0) {
                return at + found;
            }
        }
        return shorter;
    }
}
