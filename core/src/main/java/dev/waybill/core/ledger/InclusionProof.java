package dev.waybill.core.ledger;

import dev.waybill.core.merkle.Hash;
import dev.waybill.core.merkle.Nodes;
import dev.waybill.core.merkle.Proofs;
import java.util.List;

/** Where an entry stands in a log of {@code size} entries, and the hashes from it to the root. */
public record InclusionProof(long index, long size, List<Hash> hashes) {
    public InclusionProof {
        hashes = List.copyOf(hashes);
    }

    public static InclusionProof make(long index, long size, Nodes nodes) {
        return new InclusionProof(index, size, Proofs.inclusion(index, size, nodes));
    }

    /** The root of the tree in which the leaf stands; {@code INCLUSION_INVALID} when the proof fits no tree. */
    public Hash root(Hash leaf) {
        return Proofs.rootFromInclusion(index, size, leaf, hashes);
    }
}
