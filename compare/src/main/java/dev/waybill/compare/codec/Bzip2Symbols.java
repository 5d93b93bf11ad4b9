package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;

/** The Huffman tables of one block, and which bytes it uses. */
final class Bzip2Symbols {
    private static final int GROUP = 50;
    private static final int LONGEST = 20;

    private final byte[] used;
    private final byte[] selectors;
    private final Table[] tables;

    private Bzip2Symbols(byte[] used, byte[] selectors, Table[] tables) {
        this.used = used;
        this.selectors = selectors;
        this.tables = tables;
    }

    /** Canonical codes: for each length the first code, and where its symbols begin. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Table(int[] limit, int[] base, int[] symbols, int shortest) {
        static Table of(int[] lengths) {
            int[] limit = new int[LONGEST + 2];
            int[] base = new int[LONGEST + 2];
            int[] symbols = new int[lengths.length];
            int code = 0;
            int index = 0;
            int shortest = LONGEST;
            for (int length = 1; length <= LONGEST; length++) {
                base[length] = index - code;
                for (int symbol = 0; symbol < lengths.length; symbol++) {
                    if (lengths[symbol] == length) {
                        symbols[index++] = symbol;
                        code++;
                        shortest = Math.min(shortest, length);
                    }
                }
                limit[length] = code;
                code <<= 1;
            }
            return new Table(limit, base, symbols, shortest);
        }

        int decode(Bzip2Bits bits) throws IOException {
            int length = shortest;
            int code = bits.bits(length);
            while (code >= limit[length]) {
                if (length >= LONGEST) {
                    throw new Unreadable("its compressed data is damaged");
                }
                length++;
                code = code << 1 | bits.bits(1);
            }
            int index = code + base[length];
            if (index < 0 || index >= symbols.length) {
                throw new Unreadable("its compressed data is damaged");
            }
            return symbols[index];
        }
    }

    static Bzip2Symbols read(Bzip2Bits bits) throws IOException {
        byte[] used = used(bits);
        int groups = bits.bits(3);
        int count = bits.bits(15);
        if (groups < 2 || groups > 6 || count < 1 || used.length == 0) {
            throw new Unreadable("its compressed data is damaged");
        }
        byte[] selectors = new byte[count];
        byte[] front = {0, 1, 2, 3, 4, 5};
        for (int i = 0; i < count; i++) {
            int at = 0;
            while (bits.bit()) {
                at++;
                if (at >= groups) {
                    throw new Unreadable("its compressed data is damaged");
                }
            }
            selectors[i] = toFront(front, at);
        }
        Table[] tables = new Table[groups];
        for (int i = 0; i < groups; i++) {
            tables[i] = Table.of(lengths(bits, used.length + 2));
        }
        return new Bzip2Symbols(used, selectors, tables);
    }

    private static byte[] used(Bzip2Bits bits) throws IOException {
        int ranges = bits.bits(16);
        byte[] used = new byte[256];
        int count = 0;
        for (int range = 0; range < 16; range++) {
            if ((ranges & 0x8000 >> range) != 0) {
                int map = bits.bits(16);
                for (int i = 0; i < 16; i++) {
                    if ((map & 0x8000 >> i) != 0) {
                        used[count++] = (byte) (range * 16 + i);
                    }
                }
            }
        }
        return java.util.Arrays.copyOf(used, count);
    }

    private static int[] lengths(Bzip2Bits bits, int symbols) throws IOException {
        int[] lengths = new int[symbols];
        int length = bits.bits(5);
        for (int symbol = 0; symbol < symbols; symbol++) {
            while (bits.bit()) {
                length += bits.bit() ? -1 : 1;
            }
            if (length < 1 || length > LONGEST) {
                throw new Unreadable("its compressed data is damaged");
            }
            lengths[symbol] = length;
        }
        return lengths;
    }

    /** Fills the table with bytes, undoing runs and move to front, and counts each byte. */
    int decode(Bzip2Bits bits, int[] table, int[] counts) throws IOException {
        int end = used.length + 1;
        byte[] front = used.clone();
        int length = 0;
        int run = 0;
        int weight = 1;
        for (int symbols = 0; ; symbols++) {
            if (symbols / GROUP >= selectors.length) {
                throw new Unreadable("its compressed data is damaged");
            }
            int symbol = tables[selectors[symbols / GROUP]].decode(bits);
            if (symbol <= 1) {
                run += weight << symbol;
                weight <<= 1;
                if (run > table.length || weight > 1 << 21) {
                    throw new Unreadable("its compressed data is damaged");
                }
                continue;
            }
            length = fill(table, counts, new Run(length, run, front[0]));
            run = 0;
            weight = 1;
            if (symbol == end) {
                return length;
            }
            length = fill(table, counts, new Run(length, 1, toFront(front, symbol - 1)));
        }
    }

    private record Run(int at, int length, byte value) {}

    private static int fill(int[] table, int[] counts, Run run) throws Unreadable {
        if (run.length() > table.length - run.at()) {
            throw new Unreadable("its compressed data is damaged");
        }
        int value = run.value() & 0xff;
        java.util.Arrays.fill(table, run.at(), run.at() + run.length(), value);
        counts[value] += run.length();
        return run.at() + run.length();
    }

    private static byte toFront(byte[] list, int at) {
        byte value = list[at];
        System.arraycopy(list, 0, list, 1, at);
        list[0] = value;
        return value;
    }
}
