package dev.waybill.agent.directory;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
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
            if (header.length < BLOCK) {
                throw malformed("it ends without its end mark, so something is missing.");
            }
            if (isZero(header)) {
                return null;
            }
            requireChecksum(header);
            long size = paxSize == null ? octal(header, 124, 12) : paxSize;
            char type = (char) header[156];
            expect(size);
            if (type == 'x') {
                Map<String, String> pax = records(small());
                paxPath = pax.getOrDefault("path", paxPath);
                paxSize = pax.containsKey("size") ? size(pax.get("size")) : null;
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
        if (bytes.length < left) {
            throw malformed("it ends in the middle of a header.");
        }
        left = 0;
        return bytes;
    }

    private static String path(byte[] header) {
        String prefix = text(header, 345, 155);
        boolean ustar = text(header, 257, 5).equals("ustar");
        String name = text(header, 0, 100);
        return ustar && !prefix.isEmpty() ? prefix + "/" + name : name;
    }

    /** A pax record is {@code "<length> <key>=<value>\n"}; the length in bytes counts, for a value may hold ends of lines. */
    private static Map<String, String> records(byte[] pax) {
        Map<String, String> records = new HashMap<>();
        int at = 0;
        while (at < pax.length) {
            int space = at;
            while (space < pax.length && space - at < 8 && pax[space] != ' ') {
                space++;
            }
            String digits = new String(pax, at, space - at, StandardCharsets.US_ASCII);
            int end = digits.matches("[1-9][0-9]{0,6}") ? at + Integer.parseInt(digits) : -1;
            if (end < space + 4 || end > pax.length || pax[end - 1] != '\n') {
                throw malformed("a record of an extended header has a wrong length.");
            }
            String record = new String(pax, space + 1, end - space - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw malformed("a record of an extended header names nothing.");
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    private static Long size(@Nullable String digits) {
        if (digits == null || !digits.matches("[0-9]{1,18}")) {
            throw malformed("'" + digits + "' is no size.");
        }
        return Long.valueOf(digits);
    }

    /** The sum of the header's bytes, its own field taken as spaces: whatever else stands there is no header. */
    private static void requireChecksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header[i] & 0xff;
        }
        if (sum != octal(header, 148, 8)) {
            throw malformed("a header's checksum is wrong.");
        }
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
