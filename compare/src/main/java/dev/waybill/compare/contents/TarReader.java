package dev.waybill.compare.contents;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Tar as POSIX.1-2017 pax and GNU write it, for reading regular files only. Own code because a hostile header may announce
 * a name of gigabytes: here a name or an extended header has at most {@value #LONGEST_HEADER} bytes.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int LONGEST_HEADER = 64 * 1024;

    private final InputStream in;
    private final Budget budget;
    private long left;
    private int padding;

    TarReader(InputStream in, Budget budget) {
        this.in = in;
        this.budget = budget;
    }

    /** The name of the next regular file, or empty at the end of the archive. */
    Optional<String> next() throws IOException {
        String longName = null;
        long longSize = -1;
        while (true) {
            skipRest();
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new EOFException("a header or the end mark is cut off");
            }
            if (isZero(header)) {
                drain();
                return Optional.empty();
            }
            requireChecksum(header);
            long size = longSize >= 0 ? longSize : number(header, 124, 12);
            begin(size);
            switch (header[156]) {
                case 'L' -> longName = text(extended(size));
                case 'x' -> {
                    Pax pax = Pax.parse(extended(size));
                    longName = pax.path() == null ? longName : pax.path();
                    longSize = pax.size();
                }
                case 0, '0', '7' -> {
                    return Optional.of(longName == null ? name(header) : longName);
                }
                case 'S' -> {
                    skipSparseHeaders(header);
                    longName = null;
                    longSize = -1;
                }
                case 'g', 'K' -> budget.unpacked(size);
                default -> {
                    longName = null;
                    longSize = -1;
                }
            }
        }
    }

    /** The bytes of the current file. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                int count = in.read(buffer, offset, (int) Math.min(length, left));
                if (count < 0) {
                    throw new EOFException("a file is cut off, " + left + " bytes are missing");
                }
                left -= count;
                return count;
            }
        };
    }

    private void begin(long size) throws ZipException {
        if (size < 0) {
            throw new ZipException("a size is negative");
        }
        left = size;
        padding = (int) ((BLOCK - size % BLOCK) % BLOCK);
    }

    private void skipRest() throws IOException {
        byte[] buffer = new byte[8192];
        InputStream content = content();
        int count = content.read(buffer);
        while (count >= 0) {
            budget.unpacked(count);
            count = content.read(buffer);
        }
        if (in.readNBytes(padding).length < padding) {
            throw new EOFException("the padding of a file is cut off");
        }
        padding = 0;
    }

    /** Bytes after the end still belong to the layer; reading them lets gzip check its trailer. */
    private void drain() throws IOException {
        byte[] buffer = new byte[8192];
        int count = in.read(buffer);
        while (count >= 0) {
            budget.unpacked(count);
            count = in.read(buffer);
        }
    }

    private byte[] extended(long size) throws IOException {
        if (size > LONGEST_HEADER) {
            throw new ZipException("an extended header has " + size + " bytes");
        }
        return content().readNBytes((int) size);
    }

    /** GNU: further maps of a sparse file stand before its bytes, each with a flag that says whether one more follows. */
    private void skipSparseHeaders(byte[] header) throws IOException {
        boolean more = header[482] == 1;
        while (more) {
            byte[] map = in.readNBytes(BLOCK);
            if (map.length < BLOCK) {
                throw new EOFException("a sparse map is cut off");
            }
            budget.unpacked(BLOCK);
            more = map[504] == 1;
        }
    }

    private static String name(byte[] header) {
        String name = text(Arrays.copyOfRange(header, 0, 100));
        boolean posix = header[262] == 0;
        String prefix = posix ? text(Arrays.copyOfRange(header, 345, 500)) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] field) {
        int end = 0;
        while (end < field.length && field[end] != 0) {
            end++;
        }
        return new String(field, 0, end, StandardCharsets.UTF_8);
    }

    /** Octal text, or GNU's base-256 when the highest bit is set. */
    private static long number(byte[] header, int offset, int length) throws ZipException {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7f;
            for (int i = 1; i < length; i++) {
                if (value > (Long.MAX_VALUE >> 8)) {
                    throw new ZipException("a size is beyond every disk");
                }
                value = (value << 8) | (header[offset + i] & 0xff);
            }
            return value;
        }
        String digits =
                text(Arrays.copyOfRange(header, offset, offset + length)).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new ZipException("a number is not octal");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static void requireChecksum(byte[] header) throws ZipException {
        long expected = number(header, 148, 8);
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != expected) {
            throw new ZipException("a header's checksum is wrong");
        }
    }

    private static boolean isZero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
