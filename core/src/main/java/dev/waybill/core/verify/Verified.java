package dev.waybill.core.verify;

import dev.waybill.core.name.Digest;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.Cosignature;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Statement;
import java.util.List;

/** A statement that a trusted key was allowed to make and that stands in the ledger. Made only by {@link Verifier}. */
public final class Verified {
    private final Authentic said;
    private final long index;
    private final Checkpoint checkpoint;
    private final List<Cosignature> cosignatures;

    Verified(Authentic said, long index, Checkpoint checkpoint, List<Cosignature> cosignatures) {
        this.said = said;
        this.index = index;
        this.checkpoint = checkpoint;
        this.cosignatures = List.copyOf(cosignatures);
    }

    public Authentic said() {
        return said;
    }

    public Statement statement() {
        return said.statement();
    }

    public Digest id() {
        return said.id();
    }

    public TrustedKey key() {
        return said.key();
    }

    public KeyRole role() {
        return said.role();
    }

    /** Its place in the ledger. */
    public long index() {
        return index;
    }

    /** The checkpoint under which it was proven. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    public List<Cosignature> cosignatures() {
        return cosignatures;
    }
}
