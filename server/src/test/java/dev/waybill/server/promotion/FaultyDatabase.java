package dev.waybill.server.promotion;

import dev.waybill.server.db.Database;

/** A database that dies at one chosen write: before it begins, inside before the commit, or after it before anyone hears. */
final class FaultyDatabase implements Database {
    enum When {
        BEFORE,
        INSIDE,
        AFTER
    }

    /** What the process dies of. */
    static final class Died extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Database real;
    private When when = When.BEFORE;
    private int left = Integer.MAX_VALUE;

    FaultyDatabase(Database real) {
        this.real = real;
    }

    /** Dies at the write with this number from now on, counted from 1. */
    void dieAt(int write, When how) {
        left = write;
        when = how;
    }

    void live() {
        left = Integer.MAX_VALUE;
    }

    @Override
    public <T> T write(Work<T> work) {
        boolean now = --left == 0;
        if (now && when == When.BEFORE) {
            throw new Died();
        }
        T result = real.write(tx -> {
            T done = work.in(tx);
            if (now && when == When.INSIDE) {
                throw new Died();
            }
            return done;
        });
        if (now) {
            throw new Died();
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
