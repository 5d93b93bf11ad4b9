package dev.waybill.core.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** An Ed25519 key with a name: a log signs its checkpoints with it, a witness cosigns. Safe for use by many threads. */
public final class LogKey {
    private final PrivateKey privateKey;
    private final byte[] rawPublicKey;
    private final String name;

    /** @param spki the public half, SubjectPublicKeyInfo, DER */
    public LogKey(String name, PrivateKey privateKey, byte[] spki) {
        this.name = name;
        this.privateKey = privateKey;
        this.rawPublicKey = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    }

    public static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has Ed25519", e);
        }
    }

    /** What verifies this log's checkpoints. */
    public NoteKey verifier() {
        return new NoteKey(name, NoteKey.ED25519, rawPublicKey);
    }

    /** What verifies this witness's cosignatures. */
    public NoteKey cosignatureVerifier() {
        return new NoteKey(name, NoteKey.COSIGNATURE, rawPublicKey);
    }

    /** The checkpoint of this log; its origin must be the key's name. */
    public SignedNote sign(Checkpoint checkpoint) {
        if (!checkpoint.origin().equals(name)) {
            throw SignedNote.malformed("the log " + name + " does not sign for " + checkpoint.origin() + ".");
        }
        String text = checkpoint.text();
        byte[] signature = ed25519(text.getBytes(StandardCharsets.UTF_8));
        return new SignedNote(text, List.of(new NoteSignature(name, verifier().id(), signature)));
    }

    /** A witness's signature over the note's text. The caller has verified the log's signature and consistency before. */
    public NoteSignature cosign(SignedNote note, Instant at) {
        byte[] signature = ed25519(Cosignature.message(at.getEpochSecond(), note.text()));
        return new NoteSignature(
                name,
                cosignatureVerifier().id(),
                ByteBuffer.allocate(Long.BYTES + signature.length)
                        .putLong(at.getEpochSecond())
                        .put(signature)
                        .array());
    }

    private byte[] ed25519(byte[] message) {
        try {
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initSign(privateKey);
            ed25519.update(message);
            return ed25519.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key of " + name + " cannot sign", e);
        }
    }
}
