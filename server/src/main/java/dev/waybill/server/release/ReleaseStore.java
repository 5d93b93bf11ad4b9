package dev.waybill.server.release;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Releases by slot and number. */
interface ReleaseStore {
    Optional<Release> newest(Tx tx, Slot slot);

    Optional<Release> find(Tx tx, ReleaseId id);

    /** Newest first. */
    List<Release> all(Tx tx, Slot slot, int limit);

    /** The newest one that succeeded or that no agent was told of, and all after it, newest first; all when there is none. */
    List<Release> sinceSettled(Tx tx, Slot slot);

    /** Fails when the number is taken. */
    void insert(Tx tx, Release release);

    void outcome(Tx tx, ReleaseId id, Release.Outcome outcome);

    /** Slots that ever had a release of these bytes, in order. */
    List<Slot> slotsOf(Tx tx, Digest artifact);

    /** Every slot that has a release, in order. */
    List<Slot> slots(Tx tx);
}
