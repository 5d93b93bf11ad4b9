package dev.waybill.core.statement;

import dev.waybill.core.name.Digest;
import java.util.Arrays;
import java.util.Base64;

/**
 * A statement with its one signature: the exact payload bytes, an ECDSA P-256 signature (DER) over their DSSE
 * pre-authentication encoding, and the key that made it (SubjectPublicKeyInfo, DER).
 */
public final class Signed {
    private final byte[] payload;
    private final byte[] signature;
    private final byte[] publicKey;
    private final Digest id;

    public Signed(byte[] payload, byte[] signature, byte[] publicKey) {
        this.payload = payload.clone();
        this.signature = signature.clone();
        this.publicKey = publicKey.clone();
        this.id = Digest.sha256(payload);
    }

    /** The identity: sha256 of the payload. */
    public Digest id() {
        return id;
    }

    public byte[] payload() {
        return payload.clone();
    }

    public byte[] signature() {
        return signature.clone();
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Base64 of the sha256 of the key: the hint of a sigstore bundle (protobuf-specs, PublicKeyIdentifier). */
    public String keyId() {
        return keyId(publicKey);
    }

    public static String keyId(byte[] publicKey) {
        return Base64.getEncoder().encodeToString(Digest.sha256(publicKey).bytes());
    }

    public Statement statement() {
        return Statement.parse(payload);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Signed s
                && s.id.equals(id)
                && Arrays.equals(s.signature, signature)
                && Arrays.equals(s.publicKey, publicKey);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
