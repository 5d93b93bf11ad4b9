package dev.waybill.server.garbage;

import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When each digest's bytes were last read as a whole. */
interface CheckStore {
    /** @param whole false when they were not what their name says */
    record Check(Instant at, boolean whole) {}

    void put(Tx tx, Digest digest, Check check);

    Optional<Check> find(Tx tx, Digest digest);

    /** How far the reading got. */
    Garbage.Coverage coverage(Tx tx);

    /** Some that were not what their name says when they were last read, the last ones first. */
    List<Garbage.Damage> damage(Tx tx, int limit);

    /** Its bytes are gone. */
    void remove(Tx tx, Digest digest);

    /** Some that nothing refers to and nothing may bring back: what is said of them is of no bytes any more. */
    List<Digest> stale(Tx tx, int limit);
}
