package dev.waybill.compare.bytes;

import java.nio.charset.StandardCharsets;

/** Bytes in memory. */
public final class HeapBytes extends Bytes {
    private final byte[] array;
    private final int length;

    /** @param array not copied; the caller no longer writes to it */
    public HeapBytes(byte[] array, int length) {
        this.array = array;
        this.length = length;
    }

    public HeapBytes(byte[] array) {
        this(array, array.length);
    }

    public static HeapBytes of(String text) {
        return new HeapBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long size() {
        return length;
    }

    @Override
    public void read(long position, byte[] into, int offset, int count) throws Unreadable {
        if (position < 0 || position > length - count) {
            throw new Unreadable("it ends too early");
        }
        System.arraycopy(array, (int) position, into, offset, count);
    }
}
