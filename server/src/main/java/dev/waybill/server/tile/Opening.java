package dev.waybill.server.tile;

import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.nio.charset.StandardCharsets;

/** Reads what a server published before it was started again, and says of each thing that it cannot rely on which it is. */
final class Opening {
    private static final String TRIED = "Starting with the ledger that is there";

    private final LogIdentity log;

    Opening(NoteKey key) {
        this.log = LogIdentity.of(key);
    }

    /** The tree of the newest checkpoint in the database; {@code KEYS_DIFFER} or {@code CHECKPOINT_DAMAGED}. */
    Tree stored(CheckpointStore.Signed row) {
        long size = row.tree().size();
        Tree said;
        try {
            said = log.open(SignedNote.parse(row.note())).tree();
        } catch (ProblemException e) {
            throw new Problem.Unavailable(
                            "KEYS_DIFFER",
                            TRIED,
                            "the key in keys/log.pem did not sign the checkpoint over " + size
                                    + " entries that the database has ("
                                    + e.problem().missing() + ")",
                            "Restore keys/log.pem from the backup; if it is the right one, restore the database.")
                    .exception();
        }
        if (!said.equals(row.tree())) {
            throw damaged(
                    "the checkpoint over " + size + " entries in the database is not what its note says.",
                    "Restore the database from the newest backup.");
        }
        return said;
    }

    /** What the published file says; {@code CHECKPOINT_DAMAGED} when it is no checkpoint of this log. */
    CheckpointStore.Signed shown(byte[] note) {
        try {
            Tree tree = log.open(SignedNote.parse(note)).tree();
            return new CheckpointStore.Signed(tree, new String(note, StandardCharsets.UTF_8));
        } catch (ProblemException e) {
            throw damaged(
                    "the file ledger/checkpoint below the data directory is no checkpoint that the key in keys/log.pem"
                            + " signed (" + e.problem().missing() + ")",
                    "Keep the file as evidence and restore it from the newest backup; without one, move it away: the server"
                            + " publishes it again from the database.");
        }
    }

    static Problem behindTiles(long entries, long reach) {
        return new Problem.Unavailable(
                "LEDGER_ROLLED_BACK",
                TRIED,
                "the database has " + entries + " entries, but files below ledger/tile speak of " + reach
                        + ": the database, or the checkpoint with it, is not the newest.",
                "Restore the database and the ledger directory from the same, newest backup.");
    }

    private static ProblemException damaged(String missing, String next) {
        return new Problem.Unavailable("CHECKPOINT_DAMAGED", TRIED, missing, next).exception();
    }
}
