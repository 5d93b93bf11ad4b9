package dev.waybill.server.ledger;

import dev.waybill.server.db.Database;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for rows to change. Most changes come with a ledger entry; the rest is seen a moment later. */
public final class News {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Database database;
    private final Ledger ledger;

    public News(Database database, Ledger ledger) {
        this.database = database;
        this.ledger = ledger;
    }

    /** Reads until it is as wanted, at most so long, and returns what was read last. */
    public <T> T await(Supplier<T> read, Predicate<T> wanted, Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            long size = database.read(ledger::size);
            T now = read.get();
            long left = end - System.nanoTime();
            if (wanted.test(now) || left <= 0 || Thread.currentThread().isInterrupted()) {
                return now;
            }
            ledger.awaitGrowth(size, left < LOOK.toNanos() ? Duration.ofNanos(left) : LOOK);
        }
    }
}
