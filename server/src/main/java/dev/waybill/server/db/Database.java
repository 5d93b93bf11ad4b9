package dev.waybill.server.db;

import java.io.UncheckedIOException;

/** Transactions. Failures of the database itself surface as {@link UncheckedIOException}; problems thrown by work roll back. */
public interface Database extends AutoCloseable {
    /** What runs inside a transaction; may run again after a lost race, so it has no effect outside of it. */
    @FunctionalInterface
    interface Work<T> {
        T in(Tx tx);
    }

    /** What runs inside a transaction and has no result. */
    @FunctionalInterface
    interface Action {
        void in(Tx tx);
    }

    /** Runs in a serializable transaction that is durable on return. */
    <T> T write(Work<T> work);

    /** Runs on one consistent snapshot; writing in it fails. */
    <T> T read(Work<T> work);

    /** Grows with every write, at its commit or soon after, but before whoever wrote is answered. */
    long writes();

    /** Works that wait for their turn to write, or for a connection. */
    int waiting();

    default void change(Action action) {
        this.<Boolean>write(tx -> {
            action.in(tx);
            return Boolean.TRUE;
        });
    }

    /** {@code sqlite} or {@code postgresql}. */
    String engine();

    @Override
    void close();
}
