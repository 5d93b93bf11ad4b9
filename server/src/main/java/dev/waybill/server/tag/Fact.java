package dev.waybill.server.tag;

import dev.waybill.server.db.Tx;

/** A fact that was signed outside of any transaction and waits to be logged in one. */
public interface Fact {
    /** False when what it was signed upon has changed since: nothing is written then, and it is made anew. */
    default boolean holds(Tx tx) {
        return true;
    }

    /** Logs it; may refuse with a problem, which rolls everything back. */
    void append(Tx tx);
}
