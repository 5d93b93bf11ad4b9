package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What an intruder with write access to the database does. Keeps the honest rows aside to put them back. */
final class SqlForgery {
    private SqlForgery() {}

    static void sendDevsReleaseToProduction(Path database) throws IOException {
        run(
                database,
                "CREATE TABLE honest_desired AS SELECT * FROM desired_release WHERE slot = 'production/shop'",
                "DELETE FROM desired_release WHERE slot = 'production/shop'",
                "CREATE TEMPORARY TABLE forged AS SELECT * FROM desired_release WHERE slot = 'dev/shop'",
                "UPDATE forged SET slot = 'production/shop'",
                "INSERT INTO desired_release SELECT * FROM forged");
    }

    static void undo(Path database) throws IOException {
        run(
                database,
                "DELETE FROM desired_release WHERE slot = 'production/shop'",
                "INSERT INTO desired_release SELECT * FROM honest_desired",
                "DROP TABLE honest_desired");
    }

    private static void run(Path database, String... statements) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
        } catch (SQLException e) {
            throw new IOException("The demo's forgery failed", e);
        }
    }
}
