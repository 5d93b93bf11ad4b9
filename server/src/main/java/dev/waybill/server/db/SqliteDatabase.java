package dev.waybill.server.db;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in WAL mode with {@code synchronous=FULL}: a commit is on disk when it returns.
 *
 * <p>Native calls pin the carrier of a virtual thread, so all of them run on platform threads of their own: one writer
 * ({@link SharedCommits}), a few readers, each with a connection that stays open.
 */
public final class SqliteDatabase implements Database {
    private static final int READERS = 4;

    private final SharedCommits writer;
    private final AtomicLong writes = new AtomicLong();
    private final ExecutorService readers;
    private final ThreadLocal<Handle> handles;
    private final Jdbi forReading;
    private final Set<Handle> open = ConcurrentHashMap.newKeySet();

    private SqliteDatabase(DataSource reading, DataSource writing) {
        this.forReading = Jdbi.create(reading);
        this.handles = new ThreadLocal<>();
        this.writer = new SharedCommits(Jdbi.create(writing), writes::incrementAndGet);
        this.readers = Executors.newFixedThreadPool(
                READERS, Thread.ofPlatform().daemon().name("sqlite-reader-", 0).factory());
    }

    /** Opens or creates the file and migrates it; {@code DATABASE_UNREADABLE} when it is no database of SQLite. */
    public static SqliteDatabase open(Path file) {
        load(file.toAbsolutePath().resolveSibling("native"));
        DataSource writing = source(file, SQLiteConfig.TransactionMode.IMMEDIATE);
        try {
            Migrations.run(writing);
        } catch (FlywayException e) {
            throw new Problem.Unavailable(
                            "DATABASE_UNREADABLE",
                            "Opening the database " + file,
                            "SQLite cannot read it: " + reason(e) + ".",
                            "Keep the file as evidence and restore it from the newest backup, together with the ledger"
                                    + " and keys directories beside it.")
                    .exception();
        }
        return new SqliteDatabase(source(file, SQLiteConfig.TransactionMode.DEFERRED), writing);
    }

    private static void load(Path place) {
        try {
            FileNativeLibrary.load(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
    }

    private static DataSource source(Path file, SQLiteConfig.TransactionMode mode) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTransactionMode(mode);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(true);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    @Override
    public <T> T write(Work<T> work) {
        return await(writer.submit(work));
    }

    @Override
    public <T> T read(Work<T> work) {
        return reading(handle -> {
            handle.execute("PRAGMA query_only = ON");
            return handle.inTransaction(h -> work.in(new Tx(h)));
        });
    }

    @Override
    public long writes() {
        return writes.get();
    }

    @Override
    public int waiting() {
        return writer.waiting();
    }

    private <T> T reading(Function<Handle, T> call) {
        Future<T> result = readers.submit(() -> {
            Handle handle = handles.get();
            if (handle == null) {
                handle = forReading.open();
                open.add(handle);
                handles.set(handle);
            }
            try {
                return call.apply(handle);
            } catch (JdbiException e) {
                discard(handle);
                throw e;
            }
        });
        return await(result);
    }

    /** A full disk ends a transaction by itself: nobody knows what a connection that failed would do next. */
    private void discard(Handle handle) {
        handles.remove();
        open.remove(handle);
        try {
            handle.close();
        } catch (RuntimeException e) {
            // It is said already what failed first.
        }
    }

    private static <T> T await(Future<T> result) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return result.get();
                } catch (InterruptedException e) {
                    // The transaction goes on in its own thread; its outcome must be known before anyone is told.
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(@Nullable Throwable cause) {
        if (cause instanceof JdbiException || cause instanceof SQLException) {
            return new UncheckedIOException("The database failed", new IOException(cause.getMessage(), cause));
        }
        if (cause instanceof RuntimeException e) {
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IllegalStateException(cause);
    }

    @Override
    public String engine() {
        return "sqlite";
    }

    @Override
    public void close() {
        readers.close();
        writer.close();
        open.forEach(Handle::close);
    }
}
