package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One header block of 512 bytes. */
@SuppressWarnings("ArrayRecordComponent")
public record Header(byte[] block) {
    static final int BLOCK = 512;

    /** Whether the checksum is right, which is all that tells a tar of 1979 from anything else. */
    static boolean isValid(byte[] block) {
        if (block.length < BLOCK) {
            return false;
        }
        try {
            return number(block, 148, 8) == sum(block) && block[0] != 0;
        } catch (Unreadable e) {
            return false;
        }
    }

    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    void requireChecksum() throws Unreadable {
        if (number(block, 148, 8) != sum(block)) {
            throw new Unreadable("a header's checksum is wrong");
        }
    }

    boolean isZero() {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    char type() {
        return (char) (block[156] & 0xff);
    }

    String name() {
        String name = text(0, 100);
        boolean posix = block[257] == 'u' && block[262] == 0;
        String prefix = posix ? text(345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    String link() {
        return text(157, 100);
    }

    long size() throws Unreadable {
        return number(block, 124, 12);
    }

    public int mode() throws Unreadable {
        return (int) number(block, 100, 8);
    }

    long user() throws Unreadable {
        return number(block, 108, 8);
    }

    long group() throws Unreadable {
        return number(block, 116, 8);
    }

    long time() throws Unreadable {
        return number(block, 136, 12);
    }

    /** User and group by name; empty in a tar of 1979. */
    String names() {
        return hasMagic() ? text(265, 32) + "/" + text(297, 32) : "/";
    }

    String device() throws Unreadable {
        return hasMagic() ? number(block, 329, 8) + ":" + number(block, 337, 8) : "0:0";
    }

    private boolean hasMagic() {
        return block[257] == 'u' && block[258] == 's' && block[259] == 't' && block[260] == 'a' && block[261] == 'r';
    }

    private String text(int offset, int length) {
        return text(block, offset, length);
    }

    /** UTF-8 where it is, else Latin-1, so that no two names become one. */
    static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        String text = new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(bytes, offset, end))
                ? text
                : new String(bytes, offset, end - offset, StandardCharsets.ISO_8859_1);
    }

    /** Octal, or base 256 when the highest bit is set (GNU). */
    private static long number(byte[] bytes, int offset, int length) throws Unreadable {
        if ((bytes[offset] & 0x80) != 0) {
            long value = (bytes[offset] & 0x40) != 0 ? -1 : 0;
            value = (value << 7) | (bytes[offset] & 0x7f);
            for (int i = 1; i < length; i++) {
                if (value > Long.MAX_VALUE >> 8 || value < Long.MIN_VALUE >> 8) {
                    throw new Unreadable("a number in a header is beyond every disk");
                }
                value = (value << 8) | (bytes[offset + i] & 0xff);
            }
            return value;
        }
        String digits = new String(bytes, offset, length, StandardCharsets.ISO_8859_1)
                .replace('\0', ' ')
                .strip();
        if (!digits.matches("[0-7]{0,12}")) {
            throw new Unreadable("a number in a header is not octal");
        }
        return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
    }
}
