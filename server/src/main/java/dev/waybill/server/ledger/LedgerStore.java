package dev.waybill.server.ledger;

import dev.waybill.core.merkle.CompactRange;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tile.LeafRow;
import dev.waybill.server.tile.Leaves;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entries, their statements and the tree over them, in one database. */
interface LedgerStore extends Leaves {
    /** Waits for the turn to append; what {@link #head} says after it holds until the transaction ends. */
    void takeTurn(Tx tx);

    /** Adds the entry at the end together with the tree that it makes. */
    void insert(Tx tx, Addition addition);

    Optional<Entry> find(Tx tx, Digest statementId);

    /** The entries of one predicate type about this subject, in ledger order. */
    List<Entry> about(Tx tx, Digest subject, String predicateType);

    /** The entries of one predicate type, or of all when it is empty, after an index. */
    List<Entry> after(Tx tx, Optional<String> predicateType, long index, int limit);

    /** Under which {@code digest type} the entries {@code [from, to)} are found; an entry without any is not in the map. */
    Map<Long, Set<String>> subjects(Tx tx, long from, long to);

    /**
     * What one append writes.
     *
     * @param subjects digests under which the entry is found again
     * @param grown the tree with this entry
     */
    record Addition(Entry entry, LeafRow leaf, Set<Digest> subjects, CompactRange grown) {}
}
