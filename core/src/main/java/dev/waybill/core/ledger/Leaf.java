package dev.waybill.core.ledger;

import dev.waybill.core.json.Json;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import java.util.Base64;
import tools.jackson.databind.node.ObjectNode;

/**
 * The bytes of a ledger entry: a Rekor v2 {@code hashedrekord} 0.0.2 body as canonical JSON (RFC 8785). All its strings
 * are ASCII and its members few, so writing them compactly in sorted order is already canonical.
 */
public final class Leaf {
    public static final String KIND = "hashedrekord";
    public static final String VERSION = "0.0.2";
    public static final String ECDSA_P256 = "PKIX_ECDSA_P256_SHA_256";

    /** How the verifier stands in the leaf: a bare key, or the certificate that a foreign log keeps. */
    public enum Verifier {
        PUBLIC_KEY("publicKey"),
        CERTIFICATE("x509Certificate");

        private final String member;

        Verifier(String member) {
            this.member = member;
        }
    }

    private Leaf() {}

    /** The entry of this statement. */
    public static byte[] of(Signed signed) {
        byte[] signedBytes = Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, signed.payload());
        return of(Digest.sha256(signedBytes), signed.signature(), Verifier.PUBLIC_KEY, signed.publicKey());
    }

    public static Hash hash(Signed signed) {
        return Hash.leaf(of(signed));
    }

    /**
     * The entry of any signature with ECDSA P-256.
     *
     * @param data sha256 of the bytes that were signed
     * @param verifier the key (SubjectPublicKeyInfo) or certificate, DER
     */
    public static byte[] of(Digest data, byte[] signature, Verifier kind, byte[] verifier) {
        ObjectNode root = Json.object();
        root.put("apiVersion", VERSION).put("kind", KIND);
        ObjectNode body = root.putObject("spec").putObject("hashedRekordV002");
        body.putObject("data").put("algorithm", "SHA2_256").put("digest", base64(data.bytes()));
        ObjectNode signer =
                body.putObject("signature").put("content", base64(signature)).putObject("verifier");
        signer.put("keyDetails", ECDSA_P256).putObject(kind.member).put("rawBytes", base64(verifier));
        return Json.write(root);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
