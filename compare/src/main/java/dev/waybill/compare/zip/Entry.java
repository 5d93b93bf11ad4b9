package dev.waybill.compare.zip;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * One entry: what the directory and its own header say, and where its data lies.
 *
 * @param central the directory's record, raw, its extra field and comment included
 * @param local the entry's own header, raw, its extra field included
 * @param dataAt where the compressed data begins
 * @param descriptor the data descriptor, raw; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent")
record Entry(byte[] central, byte[] local, Sizes sizes, long dataAt, byte[] descriptor) {
    /** Numbers after zip64 was applied. {@code at} is the local header's place in the file. */
    record Sizes(long packed, long unpacked, long at) {}

    private static final int ENCRYPTED = 1;
    private static final int UTF8 = 1 << 11;

    int madeBy() {
        return Field.u16(central, 4);
    }

    int flags() {
        return Field.u16(central, 8);
    }

    int method() {
        return Field.u16(central, 10);
    }

    long crc() {
        return Field.u32(central, 16);
    }

    long externalAttributes() {
        return Field.u32(central, 38);
    }

    boolean encrypted() {
        return ((flags() | localFlags()) & ENCRYPTED) != 0;
    }

    int localFlags() {
        return Field.u16(local, 6);
    }

    byte[] name() {
        return slice(central, 46, Field.u16(central, 28));
    }

    byte[] extra() {
        return slice(central, 46 + Field.u16(central, 28), Field.u16(central, 30));
    }

    byte[] comment() {
        return slice(central, 46 + Field.u16(central, 28) + Field.u16(central, 30), Field.u16(central, 32));
    }

    byte[] localName() {
        return slice(local, 30, Field.u16(local, 26));
    }

    byte[] localExtra() {
        return slice(local, 30 + Field.u16(local, 26), Field.u16(local, 28));
    }

    /** By flag bit 11 UTF-8, else Latin-1, which loses nothing and agrees for ASCII. */
    String text() {
        Charset charset = (flags() & UTF8) != 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        String text = new String(name(), charset);
        byte[] back = text.getBytes(charset);
        return java.util.Arrays.equals(back, name()) ? text : new String(name(), StandardCharsets.ISO_8859_1);
    }

    boolean directory() {
        return text().endsWith("/");
    }

    long end() {
        return dataAt + sizes.packed() + descriptor.length;
    }

    private static byte[] slice(byte[] bytes, int from, int length) {
        return java.util.Arrays.copyOfRange(bytes, from, from + length);
    }
}
