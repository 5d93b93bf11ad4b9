package dev.waybill.agent.directory;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a POSIX tar (pax, IEEE 1003.1 "pax Interchange Format") of files and directories, which is all that Waybill packs;
 * links and devices are refused. pax headers count for {@code path} and {@code size}.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_HEADER = 1024 * 1024;

    /** @param path without a trailing slash */
    record Entry(String path, boolean directory, boolean executable, long size) {}

    private final InputStream in;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /** The next entry, or null at the end; what was not read of the one before is skipped. */
    @Nullable
    Entry next() throws IOException {
        String paxPath = null;
        Long paxSize = null;
        while (true) {
            in.skipNBytes(left + padding);
            byte[] header = in.readNBytes(BLOCK);
            left = 0;
            padding = 0;
            if (header.length < BLOCK || isZero(header)) {
                return null;
            }
            long size = paxSize == null ? octal(header, 124, 12) : paxSize;
            char type = (char) header[156];
            expect(size);
            if (type == 'x') {
                String pax = new String(small(), StandardCharsets.UTF_8);
                paxPath = record(pax, "path", paxPath);
                String sizeText = record(pax, "size", null);
                paxSize = sizeText == null ? null : Long.valueOf(sizeText);
            } else if (type == 'g') {
                small();
            } else if (type == '0' || type == '\0' || type == '5') {
                String path = paxPath == null ? path(header) : paxPath;
                boolean executable = (octal(header, 100, 8) & 0100) != 0;
                return new Entry(path.replaceFirst("/+$", ""), type == '5', executable, size);
            } else {
                throw malformed("an entry of type '" + type + "' is neither file nor directory.");
            }
        }
    }

    /** The bytes of the entry just read. */
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
                int n = in.read(buffer, offset, (int) Math.min(length, left));
                if (n < 0) {
                    throw malformed("it ends in the middle of a file.");
                }
                left -= n;
                return n;
            }
        };
    }

    private void expect(long size) {
        if (size < 0) {
            throw malformed("a size is negative.");
        }
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    private byte[] small() throws IOException {
        if (left > MAX_HEADER) {
            throw malformed("a header is larger than " + MAX_HEADER + " bytes.");
        }
        byte[] bytes = in.readNBytes((int) left);
        left = 0;
        return bytes;
    }

    private static String path(byte[] header) {
        String prefix = text(header, 345, 155);
        boolean ustar = text(header, 257, 5).equals("ustar");
        String name = text(header, 0, 100);
        return ustar && !prefix.isEmpty() ? prefix + "/" + name : name;
    }

    /** A pax record is {@code "<length> <key>=<value>\n"}, the length in bytes. */
    private static @Nullable String record(String pax, String key, @Nullable String otherwise) {
        for (String line : pax.split("\n")) {
            int space = line.indexOf(' ');
            if (space > 0 && line.startsWith(key + "=", space + 1)) {
                return line.substring(space + key.length() + 2);
            }
        }
        return otherwise;
    }

    private static String text(byte[] header, int offset, int length) {
        int end = offset;
        while (end < offset + length && header[end] != 0) {
            end++;
        }
        return new String(header, offset, end - offset, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] header, int offset, int length) {
        String digits = text(header, offset, length).strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw malformed("'" + digits + "' is not an octal number.");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }

    private static boolean isZero(byte[] block) {
        return Arrays.equals(block, new byte[BLOCK]);
    }

    private static RuntimeException malformed(String why) {
        return new Problem.Malformed(
                        "TAR_INVALID", "Unpacking a tar", why, "Build the artifact again; Waybill packs plain files.")
                .exception();
    }
}
