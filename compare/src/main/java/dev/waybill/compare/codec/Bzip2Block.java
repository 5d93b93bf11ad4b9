package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;

/** One block: Huffman codes, move to front, run lengths and the Burrows-Wheeler transform, undone in this order. */
final class Bzip2Block {
    static final Bzip2Block EMPTY = new Bzip2Block(new int[0], 0, 0, 0);

    private final int[] table;
    private final int promised;
    private int left;
    private int position;
    private int crc = -1;
    private int last = -1;
    private int same;
    private int repeat;

    private Bzip2Block(int[] table, int length, int position, int promised) {
        this.table = table;
        this.left = length;
        this.position = position;
        this.promised = promised;
    }

    static Bzip2Block read(Bzip2Bits bits, int largest) throws IOException {
        int promised = bits.bits(16) << 16 | bits.bits(16);
        if (bits.bit()) {
            throw new Unreadable("a block is randomised, as no packer has done for decades");
        }
        int origin = bits.bits(24);
        Bzip2Symbols symbols = Bzip2Symbols.read(bits);
        int[] table = new int[largest];
        int[] counts = new int[256];
        int length = symbols.decode(bits, table, counts);
        if (origin >= length) {
            throw new Unreadable("its compressed data is damaged");
        }
        int sum = 0;
        for (int i = 0; i < 256; i++) {
            int count = counts[i];
            counts[i] = sum;
            sum += count;
        }
        for (int i = 0; i < length; i++) {
            table[counts[table[i] & 0xff]++] |= i << 8;
        }
        return new Bzip2Block(table, length, table[origin] >>> 8, promised);
    }

    /** Bytes with the first run length coding undone: four alike are followed by a count. */
    int read(byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            if (repeat > 0) {
                repeat--;
                done = put(into, offset, done);
            } else if (left == 0) {
                break;
            } else {
                int b = next();
                if (same == 4) {
                    repeat = b;
                    same = 0;
                } else {
                    same = b == last ? same + 1 : 1;
                    last = b;
                    done = put(into, offset, done);
                }
            }
        }
        return done;
    }

    private int put(byte[] into, int offset, int done) {
        into[offset + done] = (byte) last;
        crc = crc << 8 ^ Crc.TABLE[(crc >>> 24 ^ last) & 0xff];
        return done + 1;
    }

    private int next() {
        int entry = table[position];
        position = entry >>> 8;
        left--;
        return entry & 0xff;
    }

    void requireChecksum() throws Unreadable {
        if (this != EMPTY && ~crc != promised) {
            throw new Unreadable("its checksum is wrong");
        }
    }

    /** The CRC of bzip2: polynomial 0x04c11db7, most significant bit first. */
    private static final class Crc {
        static final int[] TABLE = new int[256];

        static {
            for (int i = 0; i < 256; i++) {
                int value = i << 24;
                for (int bit = 0; bit < 8; bit++) {
                    value = value < 0 ? value << 1 ^ 0x04c11db7 : value << 1;
                }
                TABLE[i] = value;
            }
        }

        private Crc() {}
    }
}
