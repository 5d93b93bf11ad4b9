package dev.waybill.server.layer;

import dev.waybill.api.artifact.FileInside;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Which layers are indexed, and the files that stand in them. */
interface LayerStore {
    /** How far the index of one layer is. */
    enum State {
        WAITING,
        /** Every file is known, or it is no archive. */
        DONE,
        /** A limit was met; the files before it are known. */
        CAPPED,
        /** Damaged or of a format that is not read here; the files before that are known. */
        UNREADABLE,
        /** The store could not be read; tried again at the next start. */
        BROKEN
    }

    /** Puts the layer into the queue unless it is known. */
    void enqueue(Tx tx, Digest layer);

    /** One that waits, if any: the first by its digest. */
    Optional<Digest> waiting(Tx tx);

    /** Adds files from that number on; those that are there already stay. */
    void add(Tx tx, Digest layer, int from, List<FileInside> files);

    void finish(Tx tx, Digest layer, State state, String detail);

    Optional<State> state(Tx tx, Digest layer);

    /** Puts those that could not be read back into the queue. */
    void retryBroken(Tx tx);

    /** Files with this sha256, by layer and place. */
    List<LayerIndex.Hit> find(Tx tx, Digest sha256, int limit);
}
