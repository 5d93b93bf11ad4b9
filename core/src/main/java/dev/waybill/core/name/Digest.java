package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A content digest as the OCI image specification writes it ({@code sha256:<64 lower-case hex>}, {@code sha512:<128>};
 * image-spec, descriptor.md, "Digests"). The identity of everything (law 1).
 */
public record Digest(Algorithm algorithm, String hex) implements Comparable<Digest> {
    /** Registered algorithms that Waybill stores. Statements and decisions use {@link #SHA256} only. */
    public enum Algorithm {
        SHA256("sha256", "SHA-256", 64),
        SHA512("sha512", "SHA-512", 128);

        private final String label;
        private final String jdk;
        private final int hexLength;

        Algorithm(String label, String jdk, int hexLength) {
            this.label = label;
            this.jdk = jdk;
            this.hexLength = hexLength;
        }

        public String label() {
            return label;
        }

        public MessageDigest newMessageDigest() {
            try {
                return MessageDigest.getInstance(jdk);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has " + jdk, e);
            }
        }
    }

    private static final HexFormat HEX = HexFormat.of();

    public Digest {
        if (hex.length() != algorithm.hexLength || !hex.chars().allMatch(Digest::isLowerHex)) {
            throw malformed(algorithm.label + ":" + hex);
        }
    }

    /** Parses {@code algorithm:hex}; anything else is {@code DIGEST_INVALID}. */
    @JsonCreator
    public static Digest parse(String text) {
        int colon = text.indexOf(':');
        if (colon > 0) {
            String label = text.substring(0, colon);
            for (Algorithm algorithm : Algorithm.values()) {
                if (algorithm.label.equals(label)) {
                    return new Digest(algorithm, text.substring(colon + 1));
                }
            }
        }
        throw malformed(text);
    }

    public static Digest sha256(byte[] bytes) {
        return of(Algorithm.SHA256, Algorithm.SHA256.newMessageDigest().digest(bytes));
    }

    public static Digest sha256Hex(String hex) {
        return new Digest(Algorithm.SHA256, hex);
    }

    public static Digest of(Algorithm algorithm, byte[] hash) {
        return new Digest(algorithm, HEX.formatHex(hash));
    }

    public byte[] bytes() {
        return HEX.parseHex(hex);
    }

    /** The first twelve hex digits: a look for people, never a decision. */
    public String shortHex() {
        return hex.substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return algorithm.label + ":" + hex;
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static ProblemException malformed(String text) {
        String shown = text.length() > 160 ? text.substring(0, 160) + "..." : text;
        return new Problem.Malformed(
                        "DIGEST_INVALID",
                        "Reading the digest '" + shown + "'",
                        "a digest is sha256: and 64 lower-case hex digits, or sha512: and 128.",
                        "Give the whole digest, as `waybill build` or the registry printed it.")
                .exception();
    }
}
