package dev.waybill.compare.codec;

import dev.waybill.compare.bytes.Unreadable;
import java.io.IOException;
import java.io.InputStream;

/** Bits from the most significant on. */
final class Bzip2Bits {
    private final InputStream in;
    private int held;
    private int count;
    private int ahead = -2;

    Bzip2Bits(InputStream in) {
        this.in = in;
    }

    /** @param number at most 24 */
    int bits(int number) throws IOException {
        while (count < number) {
            int b = ahead != -2 ? ahead : in.read();
            ahead = -2;
            if (b < 0) {
                throw new Unreadable("its compressed data is cut off");
            }
            held = held << 8 | b;
            count += 8;
        }
        count -= number;
        return held >>> count & ((1 << number) - 1);
    }

    boolean bit() throws IOException {
        return bits(1) == 1;
    }

    /** Skips to the next byte. */
    void align() {
        count -= count % 8;
    }

    boolean atEnd() throws IOException {
        if (count == 0 && ahead == -2) {
            ahead = in.read();
        }
        return count == 0 && ahead == -1;
    }
}
