package dev.waybill.server.deploy;

import dev.waybill.server.db.Database;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often somebody reads. */
final class CountingDatabase implements Database {
    private final Database under;
    final AtomicInteger reads = new AtomicInteger();

    CountingDatabase(Database under) {
        this.under = under;
    }

    @Override
    public <T> T write(Work<T> work) {
        return under.write(work);
    }

    @Override
    public <T> T read(Work<T> work) {
        reads.incrementAndGet();
        return under.read(work);
    }

    @Override
    public long writes() {
        return under.writes();
    }

    @Override
    public int waiting() {
        return under.waiting();
    }

    @Override
    public String engine() {
        return under.engine();
    }

    @Override
    public void close() {
        under.close();
    }
}
