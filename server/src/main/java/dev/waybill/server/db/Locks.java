package dev.waybill.server.db;

import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;

/**
 * Turns that writers take where the database itself would let them run into each other. SQLite has one writer and needs
 * none; on PostgreSQL they are advisory locks.
 */
public final class Locks {
    /** Any number will do, as long as nothing else in this database uses it. */
    private static final long APPEND = 0x7761_7962_696cL;

    private Locks() {}

    /**
     * Waits for the turn to append to the ledger and keeps it until the transaction ends. Whoever waited has an old snapshot
     * and loses (40001); its next try takes the turn before its snapshot and wins.
     */
    public static void appendTurn(Tx tx) {
        if (isPostgres(tx.handle())) {
            tx.handle().execute("SELECT pg_advisory_xact_lock(?)", APPEND);
        }
    }

    /** Takes the same turn for a session, before its transaction begins. */
    static void takeTurn(Handle handle) {
        handle.execute("SELECT pg_advisory_lock(?)", APPEND);
    }

    static void giveTurnBack(Handle handle) {
        handle.execute("SELECT pg_advisory_unlock(?)", APPEND);
    }

    private static boolean isPostgres(Handle handle) {
        try {
            return handle.getConnection().isWrapperFor(PGConnection.class);
        } catch (SQLException e) {
            return false;
        }
    }
}
