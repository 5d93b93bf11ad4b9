package dev.waybill.server.deploy;

import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.util.List;

/** Follows release statements in the ledger: the newest of a slot is what shall run there. */
final class Releases {
    private static final int PAGE = 200;

    private final Ledger ledger;
    private final ReportStore store;

    Releases(Ledger ledger, ReportStore store) {
        this.ledger = ledger;
        this.store = store;
    }

    /** True when everything that the ledger holds now has been followed; reading may go on then. */
    boolean isCurrent(Tx tx) {
        return store.followed(tx) >= ledger.size(tx);
    }

    /** Follows to the end of the ledger. Running twice changes nothing. */
    void catchUp(Tx tx) {
        long next = store.followed(tx);
        long size = ledger.size(tx);
        List<Entry> page;
        do {
            page = ledger.ofType(tx, PredicateTypes.RELEASE, next - 1, PAGE);
            for (Entry entry : page) {
                ReleaseMade made = entry.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
                store.desire(tx, new DesiredRow(made.slot(), made.number(), entry.id()));
                next = entry.index() + 1;
            }
        } while (page.size() == PAGE);
        store.follow(tx, Math.max(next, size));
    }
}
