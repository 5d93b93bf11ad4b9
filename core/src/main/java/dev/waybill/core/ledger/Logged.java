package dev.waybill.core.ledger;

import dev.waybill.core.statement.Signed;

/**
 * A statement with the proof that the ledger holds it.
 *
 * @param checkpoint the signed note of exactly {@code proof.size()} entries, with every cosignature known
 */
public record Logged(Signed signed, InclusionProof proof, String checkpoint) {
    public long index() {
        return proof.index();
    }
}
