package dev.waybill.compare.zip;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;

/**
 * The end of an archive (APPNOTE 4.3.14 to 4.3.16).
 *
 * @param directoryAt where the directory really begins
 * @param directoryEnd where it ends
 * @param bias what has to be added to every offset in the directory
 * @param entries how many it promises
 * @param at where the end record begins
 * @param commentLength length of the archive's comment
 */
record Tail(long directoryAt, long directoryEnd, long bias, long entries, long at, int commentLength) {
    private static final int LENGTH = 22;

    long end() {
        return at + LENGTH + commentLength;
    }

    static Tail find(Bytes bytes) throws IOException {
        long from = Math.max(0, bytes.size() - LENGTH - 0xffff);
        byte[] window = bytes.take(from, (int) (bytes.size() - from));
        Tail loose = null;
        for (int i = window.length - LENGTH; i >= 0; i--) {
            if (window[i] == 'P' && window[i + 1] == 'K' && window[i + 2] == 5 && window[i + 3] == 6) {
                int comment = Field.u16(window, i + 20);
                long left = window.length - i - LENGTH - (long) comment;
                if (left >= 0) {
                    Tail tail = read(bytes, from + i, java.util.Arrays.copyOfRange(window, i, i + LENGTH));
                    if (tail != null && left == 0) {
                        return tail;
                    }
                    loose = loose == null ? tail : loose;
                }
            }
        }
        if (loose == null) {
            throw new Unreadable("the archive has no directory at its end, so it is cut off or damaged");
        }
        return loose;
    }

    /** Null when the numbers cannot be those of a directory. */
    private static @org.jspecify.annotations.Nullable Tail read(Bytes bytes, long at, byte[] record)
            throws IOException {
        long entries = Field.u16(record, 10);
        long size = Field.u32(record, 12);
        long offset = Field.u32(record, 16);
        int comment = Field.u16(record, 20);
        long end = at;
        if (Field.u16(record, 4) != 0 && Field.u16(record, 4) != 0xffff) {
            throw new Unreadable("the archive is spread over several files");
        }
        boolean large = entries == 0xffff || size == 0xffffffffL || offset == 0xffffffffL;
        if (large && at >= 20 && signature(bytes, at - 20) == 0x07064b50L) {
            long there = zip64At(bytes, at);
            byte[] record64 = bytes.take(there, 56);
            entries = Field.u64(record64, 32);
            size = Field.u64(record64, 40);
            offset = Field.u64(record64, 48);
            end = there;
        }
        boolean sane = size >= 0 && offset >= 0 && entries >= 0 && size <= end && offset <= end - size;
        return sane ? new Tail(end - size, end, end - size - offset, entries, at, comment) : null;
    }

    /** The locator's offset is wrong when bytes were put before the archive; then the record stands right before it. */
    private static long zip64At(Bytes bytes, long at) throws IOException {
        long there = Field.u64(bytes.take(at - 20, 20), 8);
        if (there >= 0 && there <= at - 76 && signature(bytes, there) == 0x06064b50L) {
            return there;
        }
        if (at >= 76 && signature(bytes, at - 76) == 0x06064b50L) {
            return at - 76;
        }
        throw new Unreadable("the zip64 end of the directory is missing");
    }

    private static long signature(Bytes bytes, long at) throws IOException {
        return Field.u32(bytes.take(at, 4), 0);
    }
}
