package dev.waybill.core.merkle;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;

/** A node of the tree: 32 bytes, made as RFC 6962 section 2.1 says; written in standard base64. */
public final class Hash {
    public static final int BYTES = 32;

    /** The root of the empty tree: SHA-256 of nothing. */
    public static final Hash EMPTY = new Hash(newSha256().digest());

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw malformed(bytes.length + " bytes");
        }
        return new Hash(bytes.clone());
    }

    /** The hash at {@code offset} in a tile or a serialised range. */
    static Hash at(byte[] from, int offset) {
        return new Hash(Arrays.copyOfRange(from, offset, offset + BYTES));
    }

    /** Reads canonical base64; {@code HASH_INVALID} otherwise. */
    @JsonCreator
    public static Hash parse(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length == BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return new Hash(bytes);
            }
        } catch (IllegalArgumentException e) {
            throw malformed("what is no base64");
        }
        throw malformed("'" + (base64.length() > 80 ? base64.substring(0, 80) : base64) + "'");
    }

    /** SHA-256(0x00 ‖ entry). */
    public static Hash leaf(byte[] entry) {
        MessageDigest sha = newSha256();
        sha.update((byte) 0);
        sha.update(entry);
        return new Hash(sha.digest());
    }

    /** SHA-256(0x01 ‖ left ‖ right). */
    public static Hash node(Hash left, Hash right) {
        MessageDigest sha = newSha256();
        sha.update((byte) 1);
        sha.update(left.bytes);
        sha.update(right.bytes);
        return new Hash(sha.digest());
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash h && Arrays.equals(h.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @JsonValue
    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest newSha256() {
        return Digest.Algorithm.SHA256.newMessageDigest();
    }

    private static RuntimeException malformed(String what) {
        return new Problem.Malformed(
                        "HASH_INVALID",
                        "Reading a Merkle hash",
                        "32 bytes in standard base64 are expected, not " + what + ".",
                        "Fetch the proof or the tile again.")
                .exception();
    }
}
