package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.InputStream;

/** Unpacks bzip2 streams, also several in a row. Checksums of blocks are checked. */
final class Bzip2Stream extends InputStream {
    private static final long BLOCK = 0x314159265359L;
    private static final long END = 0x177245385090L;

    private final Bzip2Bits bits;
    private Bzip2Block block = Bzip2Block.EMPTY;
    private int largest;
    private boolean ended;

    Bzip2Stream(InputStream in) throws IOException {
        bits = new Bzip2Bits(in);
        begin();
    }

    private void begin() throws IOException {
        int level = bits.bits(8) == 'B' && bits.bits(8) == 'Z' && bits.bits(8) == 'h' ? bits.bits(8) - '0' : 0;
        if (level < 1 || level > 9) {
            throw new Unreadable("its header is damaged, or other bytes follow it");
        }
        largest = level * 100_000;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (!ended) {
            int count = block.read(into, offset, length);
            if (count > 0) {
                return count;
            }
            next();
        }
        return -1;
    }

    private void next() throws IOException {
        block.requireChecksum();
        long magic = (long) bits.bits(24) << 24 | bits.bits(24);
        if (magic == BLOCK) {
            block = Bzip2Block.read(bits, largest);
        } else if (magic == END) {
            bits.bits(16);
            bits.bits(16);
            bits.align();
            block = Bzip2Block.EMPTY;
            if (bits.atEnd()) {
                ended = true;
            } else {
                begin();
            }
        } else {
            throw new Unreadable("its compressed data is damaged");
        }
    }
}
