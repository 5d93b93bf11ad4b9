package dev.waybill.compare.contents;

import dev.waybill.core.name.Digest;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** One walk through an archive and the archives inside. */
final class Walk {
    private final Budget budget;
    private final Consumer<Found> found;
    private final byte[] buffer = new byte[64 * 1024];

    Walk(Budget budget, Consumer<Found> found) {
        this.budget = budget;
        this.found = found;
    }

    /** True if it is an archive. A gzip of something else has one file inside: that. */
    boolean outer(BufferedInputStream in) throws IOException {
        byte[] head = Format.peek(in);
        switch (Format.of(head)) {
            case ZIP -> zip("", in, 0);
            case TAR -> tar(in);
            case GZIP -> {
                BufferedInputStream inner = new BufferedInputStream(new GZIPInputStream(in, 64 * 1024), 64 * 1024);
                if (Format.of(Format.peek(inner)) == Format.TAR) {
                    tar(inner);
                } else {
                    file("(content)", inner, 0);
                }
            }
            case EMPTY_ZIP -> {
                return true;
            }
            case OTHER -> {
                return false;
            }
        }
        return true;
    }

    private void zip(String prefix, InputStream in, int depth) throws IOException {
        try (Zip zip = new Zip(in)) {
            ZipEntry entry = zip.getNextEntry();
            while (entry != null) {
                if (!entry.isDirectory()) {
                    file(prefix + SafePath.of(entry.getName()), zip, depth);
                }
                entry = zip.getNextEntry();
            }
            zip.requireDirectory();
        }
    }

    private void tar(InputStream in) throws IOException {
        TarReader tar = new TarReader(in, budget);
        Optional<String> name = tar.next();
        while (name.isPresent()) {
            file(SafePath.of(name.get()), tar.content(), 0);
            name = tar.next();
        }
    }

    /** Hashes one file; when it is a zip itself and a level is left, its files are found on the way. */
    private void file(String path, InputStream content, int depth) throws IOException {
        budget.entry();
        Hashing hashing = new Hashing(content);
        if (budget.mayOpen(depth)) {
            BufferedInputStream inner = new BufferedInputStream(hashing, 8192);
            if (Format.of(Format.peek(inner)) == Format.ZIP) {
                nested(path, inner, depth);
            }
        }
        while (hashing.read(buffer, 0, buffer.length) >= 0) {
            // Read to the end: every byte belongs to the hash.
        }
        found.accept(new Found(path, hashing.size, Digest.of(Digest.Algorithm.SHA256, hashing.hash.digest())));
    }

    private void nested(String path, InputStream inner, int depth) throws IOException {
        try {
            zip(path + "!/", inner, depth + 1);
        } catch (Budget.Met e) {
            throw e;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            // What looks like an archive inside need not be one: it stays a file with a hash of its own.
        }
    }

    /** Counts and hashes what is read through it. */
    private final class Hashing extends FilterInputStream {
        private final MessageDigest hash = Digest.Algorithm.SHA256.newMessageDigest();
        private long size;

        Hashing(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int count = super.read(into, offset, length);
            if (count > 0) {
                size += count;
                hash.update(into, offset, count);
                budget.unpacked(count);
            }
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            byte[] skipped = new byte[(int) Math.min(8192, Math.max(0, count))];
            return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** The JDK's reader ends without a word when the file ends between two entries; this one looks for the directory. */
    private static final class Zip extends ZipInputStream {
        Zip(InputStream in) {
            super(new Unclosed(in));
        }

        /** A central directory is longer than what the reader took to see that no further entry comes. */
        void requireDirectory() throws IOException {
            if (in.read() < 0) {
                throw new EOFException("its directory is cut off");
            }
        }
    }

    /** Keeps the stream below open when a reader on top of it frees its own memory. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // The stream below belongs to the caller.
        }
    }
}
