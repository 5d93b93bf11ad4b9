package dev.waybill.server.db;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Real databases for the contract tests: a new SQLite file, or a new database in one PostgreSQL server that this JVM starts
 * on first use and ends with.
 */
public final class TestDatabases {
    private static @Nullable EmbeddedPostgres server;
    private static @Nullable String why;

    private TestDatabases() {}

    /** A database that can be closed and opened again. */
    @FunctionalInterface
    public interface Place {
        Database open();
    }

    public static Place sqlite(Path directory) {
        Path file = directory.resolve("waybill-" + UUID.randomUUID() + ".db");
        return () -> SqliteDatabase.open(file);
    }

    /** Skips the test, naming the reason, on a machine on which PostgreSQL does not start. */
    public static Place postgres() {
        String url = postgresUrl();
        return () -> PostgresDatabase.open(url, "postgres", null);
    }

    /** A new, empty database; skips as {@link #postgres} does. */
    public static String postgresUrl() {
        EmbeddedPostgres running = server();
        String name = "w" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection = running.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'");
        } catch (SQLException e) {
            throw new IllegalStateException("The test's PostgreSQL cannot make a database", e);
        }
        return running.getJdbcUrl("postgres", name);
    }

    private static synchronized EmbeddedPostgres server() {
        if (server == null && why == null) {
            try {
                server = EmbeddedPostgres.builder().start();
            } catch (IOException | RuntimeException e) {
                why = e.getClass().getSimpleName() + ": " + e.getMessage();
            }
        }
        Assumptions.assumeTrue(server != null, "PostgreSQL does not start on this machine: " + why);
        if (server == null) {
            throw new IllegalStateException("unreachable: the assumption has failed");
        }
        return server;
    }
}
