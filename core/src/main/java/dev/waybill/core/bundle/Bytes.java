package dev.waybill.core.bundle;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as a value. */
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes.clone());
    }

    /**
     * Reads base64 of the standard or the URL-safe alphabet (DSSE protocol.md), with its padding and no stray bits: one
     * value has one spelling per alphabet, which the JDK's decoder alone does not ensure. {@code MALFORMED} otherwise.
     */
    public static Bytes base64(String what, String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        try {
            byte[] bytes = (urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text);
            String again = (urlSafe ? Base64.getUrlEncoder() : Base64.getEncoder()).encodeToString(bytes);
            if (again.equals(text)) {
                return new Bytes(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw malformed(what + " is not base64.");
        }
        throw malformed(what + " is not canonical base64.");
    }

    public byte[] array() {
        return bytes.clone();
    }

    public int length() {
        return bytes.length;
    }

    /** Standard base64. */
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes b && Arrays.equals(b.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    static ProblemException malformed(String why) {
        return new Problem.Malformed(
                        "MALFORMED",
                        "Reading a sigstore bundle",
                        why,
                        "Send a bundle of version 0.3 as `waybill` or cosign 3 writes it.")
                .exception();
    }
}
