package dev.waybill.core.note;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What a witness signs (tlog-cosignature, "Format", type 0x04), and when it says it did. */
public record Cosignature(NoteKey witness, Instant at) {

    /** {@code cosignature/v1\ntime <seconds>\n} and the whole text of the note. */
    static byte[] message(long seconds, String text) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    static Cosignature of(NoteKey witness, NoteSignature signature) {
        return new Cosignature(
                witness,
                Instant.ofEpochSecond(ByteBuffer.wrap(signature.signature()).getLong()));
    }
}
