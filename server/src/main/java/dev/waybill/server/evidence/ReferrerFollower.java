package dev.waybill.server.evidence;

import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.db.Database;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.loop.Loop;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Follows the ledger and stores what concerns consumers of the bytes beside them in the registry. Nobody waits for it: a push
 * is over before it begins. It moves its place only after the referrers are durable, and a referrer has the same bytes each
 * time, so a crash, a lost place and two servers on one database all end in the same referrers.
 */
public final class ReferrerFollower implements AutoCloseable {
    private static final int PAGE = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Ledger ledger;
    private final StatementReferrers referrers;
    private final ReferrerStore store = new SqlReferrerStore();
    private final Loop loop = new Loop("referrers", this::follow);

    public ReferrerFollower(Database database, Ledger ledger, Artifacts artifacts, Registry registry) {
        this.database = database;
        this.ledger = ledger;
        this.referrers = new StatementReferrers(database, ledger, artifacts, registry);
    }

    /** Starts following in a thread of its own. */
    public void start() {
        loop.start();
    }

    private void follow() throws IOException {
        ledger.awaitGrowth(catchUp(), PATIENCE);
    }

    /** Stores what is missing up to the ledger's end and returns where that is. */
    long catchUp() throws IOException {
        long next = database.read(store::next);
        while (true) {
            long from = next;
            List<Entry> page = database.read(tx -> ledger.after(tx, from - 1, PAGE));
            boolean stored = false;
            for (Entry entry : page) {
                stored |= referrers.store(entry);
            }
            long to = next + page.size();
            // Entries that concern nobody are read again after a restart; that is cheaper than a durable step over
            // each.
            if (stored || page.size() == PAGE) {
                database.change(tx -> store.moveOn(tx, to));
            }
            next = to;
            if (page.size() < PAGE) {
                return next;
            }
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
