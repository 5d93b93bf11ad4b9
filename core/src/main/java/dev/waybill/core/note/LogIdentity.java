package dev.waybill.core.note;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A log as we know it from our own configuration, never from the log: its origin and the key that signs for it. */
public record LogIdentity(String origin, NoteKey key) {
    public static LogIdentity of(NoteKey key) {
        return new LogIdentity(key.name(), key);
    }

    /** The checkpoint inside the note; {@code LOG_KEY_INVALID} unless this log signed it. */
    public Checkpoint open(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        if (!checkpoint.origin().equals(origin)) {
            throw keyInvalid("it is of the log " + SignedNote.shorten(checkpoint.origin()) + ".");
        }
        boolean signed = false;
        for (NoteSignature signature : note.signatures()) {
            if (key.claims(signature)) {
                if (!key.verifies(note.text(), signature)) {
                    throw keyInvalid("the signature that names this log's key is not over these bytes.");
                }
                signed = true;
            }
        }
        if (!signed) {
            throw keyInvalid("no signature is by the known key " + key + ".");
        }
        return checkpoint;
    }

    /** Which of these witnesses signed the note, each counted once; {@code COSIGNATURE_INVALID} when one of them signed something else. */
    public static List<Cosignature> cosignatures(SignedNote note, List<NoteKey> witnesses) {
        List<Cosignature> found = new ArrayList<>();
        for (NoteKey witness : new LinkedHashSet<>(witnesses)) {
            List<NoteSignature> claimed =
                    note.signatures().stream().filter(witness::claims).toList();
            claimed.forEach(signature -> requireValid(witness, note, signature));
            if (!claimed.isEmpty()) {
                found.add(Cosignature.of(witness, claimed.getFirst()));
            }
        }
        return found;
    }

    private static void requireValid(NoteKey witness, SignedNote note, NoteSignature signature) {
        if (!witness.verifies(note.text(), signature)) {
            throw new Problem.Refused(
                            "COSIGNATURE_INVALID",
                            "Checking the witness " + witness.name(),
                            "its signature is not over this checkpoint.",
                            "Ask the witness for a new one, and keep this note as evidence.")
                    .exception();
        }
    }

    private ProblemException keyInvalid(String why) {
        return new Problem.Refused(
                        "LOG_KEY_INVALID",
                        "Checking a checkpoint of " + origin,
                        why,
                        "Compare the log's key with the one in your trust file.")
                .exception();
    }
}
