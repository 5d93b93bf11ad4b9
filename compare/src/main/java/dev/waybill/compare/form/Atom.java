package dev.waybill.compare.form;

import dev.waybill.compare.bytes.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Small data that is compared as a whole. */
public record Atom(String text) implements Value {
    public static Atom of(long number) {
        return new Atom(Long.toString(number));
    }

    /** Bytes, as text when they are plain ASCII, else in hexadecimal; both written so that they never look alike. */
    public static Atom of(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0x20 || b > 0x7e) {
                return new Atom("0x" + HexFormat.of().formatHex(bytes));
            }
        }
        return new Atom("'" + new String(bytes, StandardCharsets.US_ASCII) + "'");
    }

    /** Stands for bytes of any length by their hash. */
    public static Atom hash(Bytes bytes) throws IOException {
        return new Atom(bytes.size() + " bytes, sha256 " + bytes.sha256());
    }
}
