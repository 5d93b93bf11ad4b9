package dev.waybill.core.statement;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** ECDSA P-256 public keys as SubjectPublicKeyInfo, in DER and in PEM, and what they verify. */
public final class PublicKeys {
    private static final String BEGIN = "-----BEGIN PUBLIC KEY-----";
    private static final String END = "-----END PUBLIC KEY-----";

    /** The one DER form of a P-256 key with an uncompressed point (RFC 5480); the leaf holds these bytes, so no other is taken. */
    private static final byte[] P256_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private PublicKeys() {}

    /** {@code KEY_INVALID} unless these bytes are a P-256 key; gives them back. */
    public static byte[] require(byte[] spki) {
        toKey(spki);
        return spki;
    }

    public static String toPem(byte[] spki) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki);
        return BEGIN + "\n" + body + "\n" + END + "\n";
    }

    /** Reads one P-256 key in PEM; {@code KEY_INVALID} for anything else. */
    public static byte[] fromPem(String pem) {
        String text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END) || text.indexOf("-----BEGIN", BEGIN.length()) >= 0) {
            throw invalid("one PEM block with a PUBLIC KEY is expected.");
        }
        try {
            String body = text.substring(BEGIN.length(), text.length() - END.length());
            return require(Base64.getDecoder().decode(body.replaceAll("\\s", "")));
        } catch (IllegalArgumentException e) {
            throw invalid("the PEM block is not base64.");
        }
    }

    /** True if the key made this ECDSA signature (DER, SHA-256) over the message. */
    public static boolean verifies(byte[] spki, byte[] message, byte[] signature) {
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initVerify(toKey(spki));
            ecdsa.update(message);
            return ecdsa.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey toKey(byte[] spki) {
        if (spki.length != P256_PREFIX.length + 64
                || !Arrays.equals(Arrays.copyOf(spki, P256_PREFIX.length), P256_PREFIX)) {
            throw invalid("it is not an ECDSA P-256 key in its usual form.");
        }
        try {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw invalid("its point is not on the curve.");
        }
    }

    private static ProblemException invalid(String why) {
        return new Problem.Malformed(
                        "KEY_INVALID", "Reading a public key", why, "Give an ECDSA P-256 public key in PEM.")
                .exception();
    }
}
