package dev.waybill.compare.tar;

import dev.waybill.compare.bytes.Bytes;
import java.io.IOException;

/** Tells padding from data. */
final class Zeros {
    private Zeros() {}

    static boolean only(Bytes bytes) throws IOException {
        byte[] buffer = new byte[(int) Math.min(64 * 1024, Math.max(1, bytes.size()))];
        for (long at = 0; at < bytes.size(); at += buffer.length) {
            int count = (int) Math.min(buffer.length, bytes.size() - at);
            bytes.read(at, buffer, 0, count);
            for (int i = 0; i < count; i++) {
                if (buffer[i] != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
