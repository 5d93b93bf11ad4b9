package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Budget;
import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every block of an archive.
 *
 * @param globals records of global headers, the last of each key
 * @param end what stands behind the last member
 */
public record Archive(List<Member> members, Map<String, String> globals, Bytes end) {
    private static final int LARGEST_HEADER = 4 * 1024 * 1024;

    public static Archive read(Bytes bytes, Budget budget) throws IOException {
        return new Parsing(bytes, budget).archive();
    }

    /** Only files, directories and links, and nothing but zeros where no file is. */
    public boolean isPlain() throws IOException {
        for (Member member : members) {
            if ("fdl".indexOf(member.type()) < 0 || !Zeros.only(member.padding())) {
                return false;
            }
        }
        return Zeros.only(end);
    }

    /** The state while headers are gathered that belong to the member behind them. */
    private static final class Parsing {
        private final Bytes bytes;
        private final Budget budget;
        private final List<Member> members = new ArrayList<>();
        private final Map<String, String> globals = new LinkedHashMap<>();
        private Map<String, String> own = new LinkedHashMap<>();
        private @Nullable String longName;
        private @Nullable String longLink;
        private long at;
        private long start;

        Parsing(Bytes bytes, Budget budget) {
            this.bytes = bytes;
            this.budget = budget;
        }

        Archive archive() throws IOException {
            while (bytes.size() - at >= Header.BLOCK) {
                Header header = new Header(bytes.take(at, Header.BLOCK));
                if (header.isZero()) {
                    break;
                }
                header.requireChecksum();
                header(header);
            }
            if (at != start || (members.isEmpty() && bytes.size() < Header.BLOCK)) {
                throw new Unreadable("it is cut off");
            }
            return new Archive(members, globals, bytes.slice(at, bytes.size() - at));
        }

        private void header(Header header) throws IOException {
            switch (header.type()) {
                case 'x', 'X' -> own.putAll(PaxRecords.parse(special(header)));
                case 'g' -> {
                    globals.putAll(PaxRecords.parse(special(header)));
                    start = at;
                }
                case 'L' -> longName = text(special(header));
                case 'K' -> longLink = text(special(header));
                default -> member(header);
            }
        }

        private static String text(byte[] bytes) {
            return Header.text(bytes, 0, bytes.length);
        }

        private byte[] special(Header header) throws IOException {
            long size = header.size();
            if (size < 0 || size > LARGEST_HEADER) {
                throw new Unreadable("an extended header is too large");
            }
            byte[] data = bytes.take(at + Header.BLOCK, (int) size);
            at = blocks(at + Header.BLOCK + size);
            return data;
        }

        private void member(Header header) throws IOException {
            budget.member();
            Map<String, String> records = new LinkedHashMap<>(globals);
            records.putAll(own);
            long dataAt = at + Header.BLOCK;
            long size = hasData(header) ? size(header, records) : 0;
            if (size < 0 || size > bytes.size() - dataAt) {
                throw new Unreadable("it ends inside a file");
            }
            String name = records.containsKey("path")
                    ? PaxRecords.utf8(records.get("path"))
                    : longName != null ? longName : header.name();
            String link = records.containsKey("linkpath")
                    ? PaxRecords.utf8(records.get("linkpath"))
                    : longLink != null ? longLink : header.link();
            long end = Math.min(blocks(dataAt + size), bytes.size());
            members.add(new Member(
                    name,
                    link,
                    records,
                    header,
                    bytes.slice(start, dataAt - start),
                    bytes.slice(dataAt, size),
                    bytes.slice(dataAt + size, end - dataAt - size)));
            at = end;
            start = end;
            own = new LinkedHashMap<>();
            longName = null;
            longLink = null;
        }

        /** Links, devices and directories have none, whatever their size field says. */
        private static boolean hasData(Header header) {
            return "123456".indexOf(header.type()) < 0;
        }

        private static long size(Header header, Map<String, String> records) throws Unreadable {
            String size = records.get("size");
            if (size == null) {
                return header.size();
            }
            if (!size.matches("[0-9]{1,18}")) {
                throw new Unreadable("a size is no number");
            }
            return Long.parseLong(size);
        }

        private static long blocks(long end) {
            return (end + Header.BLOCK - 1) / Header.BLOCK * Header.BLOCK;
        }
    }
}
