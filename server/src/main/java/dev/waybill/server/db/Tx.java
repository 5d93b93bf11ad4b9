package dev.waybill.server.db;

import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** An open transaction. Rooms pass it along without looking inside; only {@code Sql*} classes take the handle. */
public final class Tx {
    private static final System.Logger LOG = System.getLogger("waybill");

    private final Handle handle;
    private final Consumer<Runnable> afterCommit;

    Tx(Handle handle) {
        this(handle, handle::afterCommit);
    }

    /** @param afterCommit takes what shall run once this is durable */
    Tx(Handle handle, Consumer<Runnable> afterCommit) {
        this.handle = handle;
        this.afterCommit = afterCommit;
    }

    public Handle handle() {
        return handle;
    }

    /** Runs the action once this transaction is durable, and never when it rolls back. For wake-up calls only: a crash may lose it. */
    public void afterCommit(Runnable action) {
        afterCommit.accept(() -> ring(action));
    }

    /** What is durable stays so, whoever could not be woken: its writer must not be told that it failed. */
    private static void ring(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "A commit stands, but whoever waits for it could not be woken", e);
        }
    }
}
