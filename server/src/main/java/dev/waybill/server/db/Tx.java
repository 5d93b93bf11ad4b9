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
}
