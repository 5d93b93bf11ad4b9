package dev.waybill.server.ledger;

import dev.waybill.core.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** A key pair as text (RFC 7468): the private key (PKCS #8), then the public one (SubjectPublicKeyInfo). */
final class Pem {
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Pem() {}

    static String write(KeyPair pair) {
        return block(PRIVATE, pair.getPrivate().getEncoded())
                + block(PUBLIC, pair.getPublic().getEncoded());
    }

    static KeyPair read(String text, String algorithm, String name) {
        try {
            KeyFactory factory = KeyFactory.getInstance(algorithm);
            KeyPair pair = new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(content(text, PUBLIC))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(content(text, PRIVATE))));
            requirePair(pair);
            return pair;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Problem.Unavailable(
                            "KEYS_DAMAGED",
                            "Reading the server's keys",
                            "keys/" + name + " does not hold an " + algorithm + " key pair (" + e.getMessage() + ").",
                            "Restore the file from the backup.")
                    .exception();
        }
    }

    /** Halves of two pairs would sign what nobody can verify. */
    private static void requirePair(KeyPair pair) throws GeneralSecurityException {
        String algorithm = pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "Ed25519";
        byte[] message = PUBLIC.getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(pair.getPrivate());
        signing.update(message);
        byte[] signature = signing.sign();
        signing.initVerify(pair.getPublic());
        signing.update(message);
        if (!signing.verify(signature)) {
            throw new IllegalArgumentException("the public key is not that of the private one");
        }
    }

    private static String block(String label, byte[] content) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    private static byte[] content(String text, String label) {
        String begin = "-----BEGIN " + label + "-----";
        int start = text.indexOf(begin);
        int end = text.indexOf("-----END " + label + "-----");
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("there is no " + label);
        }
        return Base64.getMimeDecoder().decode(text.substring(start + begin.length(), end));
    }
}
