package dev.waybill.server.tile;

import dev.waybill.core.merkle.Tree;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every checkpoint that was ever signed, stored before anyone sees it. */
public interface CheckpointStore {
    /** A signed checkpoint: the tree that it speaks of and the note. */
    record Signed(Tree tree, String note) {}

    Optional<Signed> newest(Tx tx);

    /** When the newest one was signed. */
    Optional<Instant> newestAt(Tx tx);

    Optional<Signed> at(Tx tx, long size);

    /** The smallest that covers the entry of this index: once there is one, always the same. */
    Optional<Signed> covering(Tx tx, long index);

    /** All of them, smallest first. */
    List<Signed> all(Tx tx);

    void insert(Tx tx, Signed checkpoint, Instant at);
}
