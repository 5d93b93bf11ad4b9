package dev.waybill.core.verify;

import dev.waybill.core.ledger.InclusionProof;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.Cosignature;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import java.util.List;

/** The ledger's part of a verification: a leaf, made again from the statement, is under a root that a known key signed. */
final class LogCheck {
    private LogCheck() {}

    record Proven(Checkpoint checkpoint, List<Cosignature> cosignatures) {}

    /** {@code LOG_KEY_INVALID}, {@code INCLUSION_INVALID} or {@code QUORUM_NOT_MET} unless all of it holds. */
    static Proven check(TrustRoot trust, Hash leaf, InclusionProof proof, String checkpointNote) {
        SignedNote note = SignedNote.parse(checkpointNote);
        Checkpoint checkpoint = open(trust, note);
        checkInclusion(leaf, proof, checkpoint);
        List<Cosignature> cosignatures = LogIdentity.cosignatures(note, trust.witnesses());
        if (cosignatures.size() < trust.quorum()) {
            throw Untrusted.because(
                    "QUORUM_NOT_MET",
                    cosignatures.size() + " of the trusted witnesses cosigned the checkpoint, " + trust.quorum()
                            + " must.");
        }
        return new Proven(checkpoint, cosignatures);
    }

    static void checkInclusion(Hash leaf, InclusionProof proof, Checkpoint checkpoint) {
        if (proof.size() != checkpoint.size()) {
            throw Untrusted.because(
                    "INCLUSION_INVALID",
                    "the proof is for " + proof.size() + " entries and the checkpoint for " + checkpoint.size() + ".");
        }
        Proofs.checkInclusion(proof.index(), leaf, proof.hashes(), checkpoint.tree());
    }

    /** The checkpoint, by whichever key of the log signed it and was in use at that size. */
    static Checkpoint open(TrustRoot trust, SignedNote note) {
        for (TrustedLog log : trust.logs()) {
            NoteKey key = log.key();
            if (note.signatures().stream().anyMatch(key::claims)) {
                Checkpoint checkpoint = LogIdentity.of(key).open(note);
                if (log.maySign(checkpoint.size())) {
                    return checkpoint;
                }
                throw logKeyInvalid(
                        "the key " + key + " was retired before the ledger had " + checkpoint.size() + " entries.");
            }
        }
        throw logKeyInvalid("no key of the ledger " + trust.origin() + " signed the checkpoint.");
    }

    private static ProblemException logKeyInvalid(String why) {
        return Untrusted.because("LOG_KEY_INVALID", why);
    }
}
