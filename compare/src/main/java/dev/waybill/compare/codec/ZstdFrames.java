package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;

/** Finds the end of the zstd frames (RFC 8878, 3.1.1), so that a frame that decoders skip is not taken for compression. */
final class ZstdFrames {
    private static final long FRAME = 0xfd2fb528L;

    private ZstdFrames() {}

    static long end(Bytes bytes) throws IOException {
        long at = 0;
        while (bytes.size() - at >= 4 && GzipHeader.u32(bytes.take(at, 4), 0) == FRAME) {
            at = frame(bytes, at + 4);
        }
        return at;
    }

    private static long frame(Bytes bytes, long start) throws IOException {
        int descriptor = bytes.take(start, 1)[0] & 0xff;
        boolean single = (descriptor & 0x20) != 0;
        int dictionary = new int[] {0, 1, 2, 4}[descriptor & 3];
        int size = new int[] {single ? 1 : 0, 2, 4, 8}[descriptor >> 6];
        long at = start + 1 + (single ? 0 : 1) + dictionary + size;
        boolean last = false;
        while (!last) {
            byte[] raw = bytes.take(at, 3);
            int header = (raw[0] & 0xff) | (raw[1] & 0xff) << 8 | (raw[2] & 0xff) << 16;
            last = (header & 1) != 0;
            int type = header >> 1 & 3;
            if (type == 3) {
                throw new Unreadable("its compressed data is damaged");
            }
            at += 3 + (type == 1 ? 1 : header >> 3);
        }
        long end = at + ((descriptor & 4) != 0 ? 4 : 0);
        if (end > bytes.size()) {
            throw new Unreadable("its compressed data is cut off");
        }
        return end;
    }
}
