package dev.waybill.core.note;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A signed note as it was read, nothing verified yet (signed-note v1.0.0): text that ends in a newline, a blank line,
 * signature lines.
 */
public record SignedNote(String text, List<NoteSignature> signatures) {
    public static final int MAX_BYTES = 1_000_000;
    public static final int MAX_SIGNATURES = 100;

    private static final String DASH = "\u2014 ";

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    public static SignedNote parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw malformed("it has " + bytes.length + " bytes.");
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw malformed("it is not well-formed UTF-8.");
        }
    }

    /** {@code NOTE_MALFORMED} unless every byte is where the format wants it. */
    public static SignedNote parse(String note) {
        if (note.length() > MAX_BYTES || note.chars().anyMatch(c -> (c < 0x20 && c != '\n') || c == 0x7f)) {
            throw malformed("it is too long or has control characters.");
        }
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n")) {
            throw malformed("a text, a blank line and signature lines that end in newlines are expected.");
        }
        String[] lines = note.substring(split + 2).split("\n", -1);
        if (lines.length < 2 || lines.length - 1 > MAX_SIGNATURES) {
            throw malformed("it has " + (lines.length - 1) + " signatures.");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int i = 0; i < lines.length - 1; i++) {
            signatures.add(signature(lines[i]));
        }
        return new SignedNote(note.substring(0, split + 1), signatures);
    }

    public String encode() {
        StringBuilder out = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> out.append(signature.line()));
        return out.toString();
    }

    public byte[] bytes() {
        return encode().getBytes(StandardCharsets.UTF_8);
    }

    /** The same note with a signature line added at its end; one that is there already is not added twice. */
    public SignedNote with(NoteSignature signature) {
        if (signatures.contains(signature)) {
            return this;
        }
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.add(signature);
        return new SignedNote(text, all);
    }

    /** Reads one signature line, as a witness answers it. */
    static NoteSignature signature(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space <= DASH.length()) {
            throw malformed("'" + shorten(line) + "' is no signature line.");
        }
        String name = NoteKey.requireName(line.substring(DASH.length(), space));
        byte[] bytes = base64(line.substring(space + 1));
        if (bytes.length < 5) {
            throw malformed("the signature of " + name + " is too short.");
        }
        return new NoteSignature(
                name, ByteBuffer.wrap(bytes).getInt(), Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length));
    }

    /** Canonical standard base64 only: the JDK decoder alone takes missing padding and stray trailing bits. */
    static byte[] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw malformed("'" + shorten(text) + "' is not base64.");
        }
        throw malformed("'" + shorten(text) + "' is not canonical base64.");
    }

    static ProblemException malformed(String why) {
        return new Problem.Malformed(
                        "NOTE_MALFORMED", "Reading a signed note", why, "Fetch the checkpoint again from the ledger.")
                .exception();
    }

    static String shorten(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "..." : text;
    }
}
