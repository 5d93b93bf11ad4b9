package dev.waybill.core.note;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.name.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A key that verifies notes, written {@code name+hex8(id)+base64(type ‖ key)} (signed-note, "Verifier keys"). Types: 0x01
 * Ed25519, for logs, and 0x04 timestamped Ed25519 cosignature, for witnesses; others are refused.
 */
public final class NoteKey {
    public static final byte ED25519 = 0x01;
    public static final byte COSIGNATURE = 0x04;

    private static final int KEY_BYTES = 32;
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte type;
    private final byte[] key;

    /** @param key 32 bytes */
    public NoteKey(String name, byte type, byte[] key) {
        this.name = requireName(name);
        this.type = type;
        this.key = key.clone();
        if ((type != ED25519 && type != COSIGNATURE) || key.length != KEY_BYTES) {
            throw SignedNote.malformed("a verifier key is of type 1 or 4 and has 32 bytes.");
        }
    }

    @JsonCreator
    public static NoteKey parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !parts[1].matches("[0-9a-f]{8}")) {
            throw SignedNote.malformed("'" + SignedNote.shorten(vkey) + "' is not name+id+key.");
        }
        byte[] typed = SignedNote.base64(parts[2]);
        if (typed.length != 1 + KEY_BYTES) {
            throw SignedNote.malformed("the key of " + parts[0] + " has " + typed.length + " bytes, not 33.");
        }
        NoteKey parsed = new NoteKey(parts[0], typed[0], Arrays.copyOfRange(typed, 1, typed.length));
        if (!parsed.idHex().equals(parts[1])) {
            throw SignedNote.malformed("the id " + parts[1] + " is not that of the key of " + parts[0] + ".");
        }
        return parsed;
    }

    /** Names are not empty and have neither spaces nor a plus (signed-note). */
    static String requireName(String name) {
        if (name.isEmpty()
                || name.length() > 255
                || name.indexOf('+') >= 0
                || name.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c < 0x20)) {
            throw SignedNote.malformed("'" + SignedNote.shorten(name) + "' is no name of a key.");
        }
        return name;
    }

    public String name() {
        return name;
    }

    public byte type() {
        return type;
    }

    /** The first four bytes of {@link #hash}, big-endian. */
    public int id() {
        return ByteBuffer.wrap(hash()).getInt();
    }

    /** SHA-256(name ‖ 0x0A ‖ type ‖ key), whole: the {@code logId} of a Rekor v2 entry. */
    public byte[] hash() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
        out.write(type);
        out.writeBytes(key);
        return Digest.sha256(out.toByteArray()).bytes();
    }

    /** SubjectPublicKeyInfo, DER (RFC 8410). */
    public byte[] spki() {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + KEY_BYTES);
        System.arraycopy(key, 0, spki, SPKI_PREFIX.length, KEY_BYTES);
        return spki;
    }

    /** Name and id say that this key made it; the id is four bytes, so it is a hint and {@link #verifies} decides. */
    public boolean claims(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == id();
    }

    /** True if this key made the signature over the text; a cosignature carries the time that it also covers. */
    public boolean verifies(String text, NoteSignature signature) {
        byte[] bytes = signature.signature();
        if (type == COSIGNATURE) {
            return bytes.length == 72
                    && ed25519(
                            Cosignature.message(ByteBuffer.wrap(bytes).getLong(), text),
                            Arrays.copyOfRange(bytes, Long.BYTES, bytes.length));
        }
        return bytes.length == 64 && ed25519(text.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private boolean ed25519(byte[] message, byte[] signature) {
        try {
            PublicKey publicKey = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki()));
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(publicKey);
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private String idHex() {
        return HexFormat.of().toHexDigits(id());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteKey k && k.name.equals(name) && k.type == type && Arrays.equals(k.key, key);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + Arrays.hashCode(key);
    }

    @JsonValue
    @Override
    public String toString() {
        byte[] typed = new byte[1 + key.length];
        typed[0] = type;
        System.arraycopy(key, 0, typed, 1, key.length);
        return name + "+" + idHex() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
