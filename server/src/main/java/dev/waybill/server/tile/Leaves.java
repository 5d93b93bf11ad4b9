package dev.waybill.server.tile;

import dev.waybill.server.db.Tx;
import java.util.List;

/** The leaves that the database has committed, and the tree over them: all that tiles follow from. */
public interface Leaves {
    Head head(Tx tx);

    /** The leaves from an index on, that index included. */
    List<LeafRow> leaves(Tx tx, long from, int limit);
}
