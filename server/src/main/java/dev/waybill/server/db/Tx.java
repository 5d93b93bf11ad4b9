package dev.waybill.server.db;

import org.jdbi.v3.core.Handle;

/** An open transaction. Rooms pass it along without looking inside; only {@code Sql*} classes take the handle. */
public final class Tx {
    private final Handle handle;

    Tx(Handle handle) {
        this.handle = handle;
    }

    public Handle handle() {
        return handle;
    }

    /** Runs the action once this transaction is durable, and never when it rolls back. For wake-up calls only: a crash may lose it. */
    public void afterCommit(Runnable action) {
        handle.afterCommit(action);
    }
}
