package dev.waybill.compare.contents;

import java.io.BufferedInputStream;
import java.io.IOException;

/** The formats that are told apart by their first bytes. */
enum Format {
    ZIP,
    EMPTY_ZIP,
    TAR,
    GZIP,
    OTHER;

    private static final int TAR_BLOCK = 512;
    private static final int TAR_MAGIC = 257;

    /** The first bytes, without taking them. */
    static byte[] peek(BufferedInputStream in) throws IOException {
        in.mark(TAR_BLOCK);
        byte[] head = in.readNBytes(TAR_BLOCK);
        in.reset();
        return head;
    }

    static Format of(byte[] head) {
        if (starts(head, 0, "PK\u0003\u0004")) {
            return ZIP;
        }
        if (starts(head, 0, "PK\u0005\u0006")) {
            return EMPTY_ZIP;
        }
        if (head.length > 2 && (head[0] & 0xff) == 0x1f && (head[1] & 0xff) == 0x8b && head[2] == 8) {
            return GZIP;
        }
        return starts(head, TAR_MAGIC, "ustar") ? TAR : OTHER;
    }

    private static boolean starts(byte[] head, int offset, String magic) {
        if (head.length < offset + magic.length()) {
            return false;
        }
        for (int i = 0; i < magic.length(); i++) {
            if (head[offset + i] != magic.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
