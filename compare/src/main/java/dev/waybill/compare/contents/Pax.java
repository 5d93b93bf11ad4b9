package dev.waybill.compare.contents;

import java.nio.charset.StandardCharsets;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The two records of a pax extended header that matter here (POSIX.1-2017, pax, "pax Extended Header"). -1 when absent. */
record Pax(@Nullable String path, long size) {
    static Pax parse(byte[] header) throws ZipException {
        String path = null;
        long size = -1;
        int at = 0;
        while (at < header.length && header[at] != 0) {
            int space = at;
            while (space < header.length && header[space] >= '0' && header[space] <= '9') {
                space++;
            }
            if (space == at || space - at > 6 || space >= header.length || header[space] != ' ') {
                throw new ZipException("an extended header has no length");
            }
            int length = Integer.parseInt(new String(header, at, space - at, StandardCharsets.US_ASCII));
            int end = at + length;
            if (length < space - at + 3 || end > header.length) {
                throw new ZipException("an extended header has a wrong length");
            }
            String record = new String(header, space + 1, end - space - 2, StandardCharsets.UTF_8);
            if (record.startsWith("path=")) {
                path = record.substring("path=".length());
            } else if (record.matches("size=[0-9]{1,18}")) {
                size = Long.parseLong(record.substring("size=".length()));
            }
            at = end;
        }
        return new Pax(path, size);
    }
}
