package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The records of a pax extended header (POSIX.1-2017, pax, "pax Extended Header"): {@code length key=value\n}. */
final class PaxRecords {
    private PaxRecords() {}

    /** Values one character for each byte: attributes are binary. */
    static Map<String, String> parse(byte[] header) throws Unreadable {
        Map<String, String> records = new LinkedHashMap<>();
        int at = 0;
        while (at < header.length && header[at] != 0) {
            int space = at;
            while (space < header.length && header[space] >= '0' && header[space] <= '9') {
                space++;
            }
            if (space == at || space - at > 8 || space >= header.length || header[space] != ' ') {
                throw new Unreadable("an extended header has no length");
            }
            int length = Integer.parseInt(new String(header, at, space - at, StandardCharsets.US_ASCII));
            int end = at + length;
            if (length < space - at + 3 || end > header.length || header[end - 1] != '\n') {
                throw new Unreadable("an extended header has a wrong length");
            }
            String record = new String(header, space + 1, end - space - 2, StandardCharsets.ISO_8859_1);
            int equals = record.indexOf('=');
            if (equals < 1) {
                throw new Unreadable("an extended header has no key");
            }
            records.put(record.substring(0, equals), record.substring(equals + 1));
            at = end;
        }
        return records;
    }

    static String utf8(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
        return Header.text(bytes, 0, bytes.length);
    }
}
