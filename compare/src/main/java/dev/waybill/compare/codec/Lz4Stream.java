package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks LZ4 frames (LZ4 Frame Format 1.6). Checksums of headers, blocks and contents are read past, not checked: what
 * comes out is compared anyway. Frames with a dictionary and frames that decoders skip are refused.
 */
final class Lz4Stream extends InputStream {
    private static final int WINDOW = 64 * 1024;

    private final InputStream in;
    private byte[] out = new byte[0];
    private int at;
    private int end;
    private int maximum;
    private boolean independent;
    private boolean blockChecksums;
    private boolean contentChecksum;
    private boolean inFrame;

    Lz4Stream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (at == end) {
            if (!inFrame && !frame()) {
                return -1;
            }
            block();
        }
        int count = Math.min(length, end - at);
        System.arraycopy(out, at, into, offset, count);
        at += count;
        return count;
    }

    private boolean frame() throws IOException {
        int first = in.read();
        if (first < 0) {
            return false;
        }
        byte[] rest = exactly(3);
        int flags = exactly(1)[0] & 0xff;
        if (first != 0x04
                || rest[0] != 0x22
                || rest[1] != 0x4d
                || rest[2] != 0x18
                || flags >> 6 != 1
                || (flags & 1) != 0) {
            throw new Unreadable("it holds a frame that is no plain lz4 frame");
        }
        int size = exactly(1)[0] >> 4 & 7;
        independent = (flags & 0x20) != 0;
        blockChecksums = (flags & 0x10) != 0;
        contentChecksum = (flags & 4) != 0;
        exactly((flags & 8) != 0 ? 9 : 1);
        maximum = 1 << (8 + 2 * Math.max(4, size));
        out = new byte[WINDOW + maximum];
        at = WINDOW;
        end = WINDOW;
        inFrame = true;
        return true;
    }

    private void block() throws IOException {
        long size = GzipHeader.u32(exactly(4), 0);
        if (size == 0) {
            exactly(contentChecksum ? 4 : 0);
            inFrame = false;
            return;
        }
        boolean plain = (size & 0x80000000L) != 0;
        int length = (int) (size & 0x7fffffff);
        if (length > maximum) {
            throw new Unreadable("a block is larger than its frame allows");
        }
        byte[] data = exactly(length);
        exactly(blockChecksums ? 4 : 0);
        // The last 64 KiB stay before the new block: linked blocks copy from there.
        System.arraycopy(out, end - WINDOW, out, 0, WINDOW);
        at = WINDOW;
        end = WINDOW;
        if (plain) {
            System.arraycopy(data, 0, out, end, length);
            end += length;
        } else {
            end = unpack(data);
        }
    }

    /** One block of sequences (LZ4 Block Format). */
    private int unpack(byte[] data) throws Unreadable {
        int from = 0;
        int to = WINDOW;
        int lowest = independent ? WINDOW : 0;
        while (from < data.length) {
            int token = data[from++] & 0xff;
            int literals = token >> 4;
            if (literals == 15) {
                int more = more(data, from);
                literals += more;
                from += more / 255 + 1;
            }
            if (literals > data.length - from || literals > out.length - to) {
                throw new Unreadable("its compressed data is damaged");
            }
            System.arraycopy(data, from, out, to, literals);
            from += literals;
            to += literals;
            if (from == data.length) {
                return to;
            }
            if (data.length - from < 2) {
                throw new Unreadable("its compressed data is damaged");
            }
            int distance = (data[from] & 0xff) | (data[from + 1] & 0xff) << 8;
            from += 2;
            int length = (token & 15) + 4;
            if (length == 19) {
                int more = more(data, from);
                length += more;
                from += more / 255 + 1;
            }
            to = copy(to, distance, length, lowest);
        }
        return to;
    }

    private int copy(int start, int distance, int length, int lowest) throws Unreadable {
        if (distance == 0 || start - distance < lowest || length > out.length - start) {
            throw new Unreadable("its compressed data is damaged");
        }
        for (int i = 0; i < length; i++) {
            out[start + i] = out[start + i - distance];
        }
        return start + length;
    }

    /** A length goes on in bytes of 255 and ends with a smaller one. */
    private static int more(byte[] data, int start) throws Unreadable {
        int sum = 0;
        int from = start;
        while (from < data.length && (data[from] & 0xff) == 255) {
            sum += 255;
            from++;
        }
        if (from >= data.length) {
            throw new Unreadable("its compressed data is damaged");
        }
        return sum + (data[from] & 0xff);
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new Unreadable("its compressed data is cut off");
        }
        return bytes;
    }
}
