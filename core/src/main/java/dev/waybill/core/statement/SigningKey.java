package dev.waybill.core.statement;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;

/** An ECDSA P-256 key that signs statements. Safe for use by many threads. */
public final class SigningKey {
    private final PrivateKey privateKey;
    private final byte[] publicKey;

    /** @param publicKey SubjectPublicKeyInfo, DER, of the same pair */
    public SigningKey(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey.clone();
    }

    public static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has P-256", e);
        }
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    public String keyId() {
        return Signed.keyId(publicKey);
    }

    public Signed sign(Statement statement) {
        byte[] payload = statement.payload();
        try {
            Signature ecdsa = Signature.getInstance("SHA256withECDSA");
            ecdsa.initSign(privateKey);
            ecdsa.update(Dsse.preAuthenticationEncoding(Statement.PAYLOAD_TYPE, payload));
            return new Signed(payload, ecdsa.sign(), publicKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The signing key " + keyId() + " cannot sign", e);
        }
    }
}
