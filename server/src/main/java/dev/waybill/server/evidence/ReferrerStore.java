package dev.waybill.server.evidence;

import dev.waybill.server.db.Tx;

/** How far the ledger's statements were stored as referrers. */
interface ReferrerStore {
    /** The first index that is not done yet; 0 when nothing is known. */
    long next(Tx tx);

    /** Everything below this index is done; never goes back. */
    void moveOn(Tx tx, long next);
}
