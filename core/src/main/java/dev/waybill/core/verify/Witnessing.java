package dev.waybill.core.verify;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tree;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.text.Count;
import java.util.List;

/**
 * What a witness (an agent, the auditor's command line) checks before it remembers a newer checkpoint and cosigns it
 * (C2SP tlog-witness, "add-checkpoint"). The caller stores the result durably before it tells anyone.
 */
public final class Witnessing {
    private Witnessing() {}

    /**
     * The newer checkpoint, if the log signed it and it contains all that was seen before.
     *
     * @param last what this witness remembers; {@link Tree#EMPTY} at first
     * @param proof consistency from {@code last} to the newer one
     * @throws ProblemException {@code CHECKPOINT_STALE} when it is smaller than what was seen, {@code LOG_FORKED} when both
     *     cannot be true: then both notes are the proof and must be kept
     */
    public static Checkpoint follow(TrustRoot trust, Tree last, SignedNote newer, List<Hash> proof) {
        Checkpoint checkpoint = LogCheck.open(trust, newer);
        if (checkpoint.size() < last.size()) {
            throw Untrusted.because(
                    "CHECKPOINT_STALE",
                    "the ledger shows " + Count.of(checkpoint.size(), "entry", "entries") + ", and " + last.size()
                            + " were seen before.");
        }
        if (checkpoint.size() == last.size() && !checkpoint.root().equals(last.root())) {
            throw Untrusted.because(
                    "LOG_FORKED", "two different ledgers of " + last.size() + " entries were signed. Keep both.");
        }
        Proofs.checkConsistency(last, checkpoint.tree(), proof);
        return checkpoint;
    }
}
