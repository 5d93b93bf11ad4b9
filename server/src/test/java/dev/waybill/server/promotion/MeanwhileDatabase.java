package dev.waybill.server.promotion;

import dev.waybill.server.db.Database;

/** A database where somebody else acts right after one chosen write: a race, always lost in the same way. */
final class MeanwhileDatabase implements Database {
    private final Database real;
    private Runnable somebody = () -> {};
    private int left;

    MeanwhileDatabase(Database real) {
        this.real = real;
    }

    /** Lets somebody act after the write with this number from now on, counted from 1. */
    void after(int write, Runnable acts) {
        left = write;
        somebody = acts;
    }

    @Override
    public <T> T write(Work<T> work) {
        T result = real.write(work);
        if (--left == 0) {
            somebody.run();
        }
        return result;
    }

    @Override
    public <T> T read(Work<T> work) {
        return real.read(work);
    }

    @Override
    public long writes() {
        return real.writes();
    }

    @Override
    public int waiting() {
        return real.waiting();
    }

    @Override
    public String engine() {
        return real.engine();
    }

    @Override
    public void close() {
        real.close();
    }
}
