package dev.waybill.server.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: writes are serializable and run again when they lose (SQLSTATE 40001, 40P01). */
public final class PostgresDatabase implements Database {
    private static final int TRIES = 40;

    private final AtomicLong writes = new AtomicLong();
    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private PostgresDatabase(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
    }

    /** Opens and migrates; refuses a database whose collation would order names differently from SQLite. */
    public static PostgresDatabase open(String jdbcUrl, @Nullable String user, @Nullable String password) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(jdbcUrl);
        if (user != null) {
            config.setUsername(user);
        }
        if (password != null) {
            config.setPassword(password);
        }
        config.setMaximumPoolSize(10);
        config.setPoolName("waybill");
        PostgresDatabase database = new PostgresDatabase(new HikariDataSource(config));
        try {
            database.requireByteOrder();
            Migrations.run(database.pool);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void requireByteOrder() {
        String collation = jdbi.withHandle(
                h -> h.createQuery("SELECT datcollate FROM pg_database WHERE datname = current_database()")
                        .mapTo(String.class)
                        .one());
        if (!collation.equals("C") && !collation.equals("POSIX") && !collation.startsWith("C.")) {
            throw new Problem.Unavailable(
                            "DATABASE_COLLATION",
                            "Opening the PostgreSQL database",
                            "its collation is " + collation + ", but names must sort by bytes.",
                            "Create it with LC_COLLATE 'C' (for example TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C.UTF-8').")
                    .exception();
        }
    }

    @Override
    public <T> T write(Work<T> work) {
        try {
            return tried(work);
        } finally {
            writes.incrementAndGet();
        }
    }

    /** Of this process: one data directory has one server. */
    @Override
    public long writes() {
        return writes.get();
    }

    private <T> T tried(Work<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt == 1 ? serializable(work) : inTurn(work);
            } catch (JdbiException e) {
                if (attempt >= TRIES || !lostRace(e)) {
                    throw failure(e);
                }
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(100_000L * Math.min(attempt, 20)));
            }
        }
    }

    private <T> T serializable(Work<T> work) {
        return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, h -> work.in(new Tx(h)));
    }

    /** A writer that lost once waits for its turn before its snapshot is taken, so that appends cannot starve it. */
    private <T> T inTurn(Work<T> work) {
        return jdbi.withHandle(h -> {
            Locks.takeTurn(h);
            try {
                return h.inTransaction(TransactionIsolationLevel.SERIALIZABLE, open -> work.in(new Tx(open)));
            } finally {
                Locks.giveTurnBack(h);
            }
        });
    }

    @Override
    public <T> T read(Work<T> work) {
        try {
            return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, h -> {
                h.setReadOnly(true);
                return work.in(new Tx(h));
            });
        } catch (JdbiException e) {
            throw failure(e);
        }
    }

    @Override
    public int waiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    private static boolean lostRace(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql
                    && ("40001".equals(sql.getSQLState()) || "40P01".equals(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException failure(JdbiException e) {
        return new UncheckedIOException("The database failed", new IOException(e.getMessage(), e));
    }

    @Override
    public String engine() {
        return "postgresql";
    }

    @Override
    public void close() {
        pool.close();
    }
}
