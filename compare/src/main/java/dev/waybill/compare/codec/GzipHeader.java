package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Bytes;
import dev.waybill.compare.bytes.Unreadable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * The header of a member (RFC 1952, 2.3).
 *
 * @param facts time, flags, extra flags, system and name: what does not matter, in words
 * @param extra the extra field; empty when there is none
 * @param comment empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record GzipHeader(long length, String facts, byte[] extra, byte[] comment) {
    private static final int HCRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    static boolean starts(byte[] head) {
        return (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8;
    }

    static GzipHeader read(Bytes bytes, long start) throws IOException {
        byte[] fixed = bytes.take(start, 10);
        int flags = fixed[3] & 0xff;
        if (!starts(fixed) || (flags & 0xe0) != 0) {
            throw new Unreadable("its header is damaged");
        }
        long at = start + 10;
        byte[] extra = new byte[0];
        if ((flags & EXTRA) != 0) {
            byte[] length = bytes.take(at, 2);
            extra = bytes.take(at + 2, (length[0] & 0xff) | (length[1] & 0xff) << 8);
            at += 2 + extra.length;
        }
        byte[] name = new byte[0];
        if ((flags & NAME) != 0) {
            name = text(bytes, at);
            at += name.length + 1;
        }
        byte[] comment = new byte[0];
        if ((flags & COMMENT) != 0) {
            comment = text(bytes, at);
            at += comment.length + 1;
        }
        String sum = "";
        if ((flags & HCRC) != 0) {
            byte[] crc = bytes.take(at, 2);
            sum = ", header crc " + ((crc[0] & 0xff) | (crc[1] & 0xff) << 8);
            at += 2;
        }
        String facts = "time " + u32(fixed, 4) + ", flags " + flags + "/" + (fixed[8] & 0xff) + ", system "
                + (fixed[9] & 0xff) + sum + ", name "
                + dev.waybill.compare.form.Atom.of(name).text();
        return new GzipHeader(at - start, facts, extra, comment);
    }

    private static byte[] text(Bytes bytes, long start) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (long at = start; ; at++) {
            byte b = bytes.take(at, 1)[0];
            if (b == 0) {
                return text.toByteArray();
            }
            if (text.size() > 64 * 1024) {
                throw new Unreadable("a name in its header has no end");
            }
            text.write(b);
        }
    }

    static long u32(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xffL) << 24;
    }
}
