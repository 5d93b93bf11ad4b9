package dev.waybill.core.note;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** One signature line: {@code — <name> base64(keyId ‖ signature)} (signed-note, "Format"). */
public final class NoteSignature {
    private final String name;
    private final int keyId;
    private final byte[] signature;

    public NoteSignature(String name, int keyId, byte[] signature) {
        this.name = name;
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    /** Without the key id; of a cosignature, with its time before it. */
    public byte[] signature() {
        return signature.clone();
    }

    /** The line with its newline. */
    public String line() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(keyId).array());
        out.writeBytes(signature);
        return "\u2014 " + name + " " + Base64.getEncoder().encodeToString(out.toByteArray()) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature s
                && s.name.equals(name)
                && s.keyId == keyId
                && Arrays.equals(s.signature, signature);
    }

    @Override
    public int hashCode() {
        return name.hashCode() * 31 + keyId;
    }

    @Override
    public String toString() {
        return line().strip();
    }
}
