package dev.waybill.e2e.compare;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Changes to the bytes of a zip archive that no library makes. */
final class ZipBytes {
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;

    private ZipBytes() {}

    /** @param number of the entry in the directory */
    static byte[] withMode(byte[] zip, int number, int mode) {
        ByteBuffer buffer = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        int at = directory(buffer);
        for (int i = 0; i < number; i++) {
            at = next(buffer, at);
        }
        buffer.put(at + 5, (byte) 3);
        buffer.putInt(at + 38, mode << 16);
        return buffer.array();
    }

    /** Gives an entry another name of the same length, in its header and in the directory. */
    static byte[] renamed(byte[] zip, String from, String to) {
        ByteBuffer buffer = ByteBuffer.wrap(zip.clone()).order(ByteOrder.LITTLE_ENDIAN);
        byte[] old = from.getBytes(StandardCharsets.UTF_8);
        byte[] name = to.getBytes(StandardCharsets.UTF_8);
        for (int at = directory(buffer); buffer.getInt(at) == CENTRAL; at = next(buffer, at)) {
            byte[] here = new byte[Short.toUnsignedInt(buffer.getShort(at + 28))];
            buffer.get(at + 46, here);
            if (java.util.Arrays.equals(here, old)) {
                buffer.put(at + 46, name);
                buffer.put(buffer.getInt(at + 42) + 30, name);
            }
        }
        return buffer.array();
    }

    /** Writes a comment of the whole archive. */
    static byte[] commented(byte[] zip, String comment) {
        byte[] text = comment.getBytes(StandardCharsets.US_ASCII);
        byte[] joined = join(zip, text);
        ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN).putShort(zip.length - 2, (short) text.length);
        return joined;
    }

    static byte[] join(byte[] a, byte[] b) {
        byte[] joined = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private static int directory(ByteBuffer zip) {
        int at = zip.capacity() - 22;
        while (zip.getInt(at) != END) {
            at--;
        }
        return zip.getInt(at + 16);
    }

    private static int next(ByteBuffer zip, int at) {
        return at
                + 46
                + Short.toUnsignedInt(zip.getShort(at + 28))
                + Short.toUnsignedInt(zip.getShort(at + 30))
                + Short.toUnsignedInt(zip.getShort(at + 32));
    }
}
