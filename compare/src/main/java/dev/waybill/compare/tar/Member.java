package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Bytes;
import java.util.Map;

/**
 * One file of an archive.
 *
 * @param name as written, from wherever it stands
 * @param link target of a link, empty for others
 * @param records pax records that hold for it, its own over the archive's
 * @param headers everything before its data, raw: long names, extended headers, its own header
 * @param padding what fills its last block
 */
public record Member(
        String name,
        String link,
        Map<String, String> records,
        Header header,
        Bytes headers,
        Bytes data,
        Bytes padding) {
    /** {@code f} file, {@code d} directory, {@code h} hard link, {@code l} symbolic link, or as written. */
    public char type() {
        char type = header.type();
        return switch (type) {
            case '\0', '0', '7' -> name.endsWith("/") ? 'd' : 'f';
            case '1' -> 'h';
            case '2' -> 'l';
            case '5', 'D' -> 'd';
            default -> type;
        };
    }

    /** Without what tars do differently: a leading {@code ./} and a trailing slash. */
    public String path() {
        String path = name;
        while (path.startsWith("./")) {
            path = path.substring(2);
        }
        while (path.endsWith("/") && path.length() > 1) {
            path = path.substring(0, path.length() - 1);
        }
        return path.equals(".") ? "" : path;
    }
}
