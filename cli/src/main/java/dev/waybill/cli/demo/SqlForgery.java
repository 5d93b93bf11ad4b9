package dev.waybill.cli.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What an intruder with write access to the database does, and can put back. */
final class SqlForgery {
    private final Path database;
    private final String digest;
    private final String commit;

    private SqlForgery(Path database, String digest, String commit) {
        this.database = database;
        this.digest = digest;
        this.commit = commit;
    }

    /** Makes the newest artifact claim another commit. */
    static SqlForgery anotherCommit(Path database) throws IOException {
        try (Connection connection = open(database);
                PreparedStatement query = connection.prepareStatement(
                        "SELECT digest, commit_id FROM artifact ORDER BY ledger_index DESC LIMIT 1");
                ResultSet row = query.executeQuery()) {
            row.next();
            SqlForgery forgery = new SqlForgery(database, row.getString(1), row.getString(2));
            forgery.set("f".repeat(40));
            return forgery;
        } catch (SQLException e) {
            throw new IOException("The demo's forgery failed", e);
        }
    }

    void undo() throws IOException {
        set(commit);
    }

    private void set(String value) throws IOException {
        try (Connection connection = open(database);
                PreparedStatement update =
                        connection.prepareStatement("UPDATE artifact SET commit_id = ? WHERE digest = ?")) {
            update.setString(1, value);
            update.setString(2, digest);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IOException("The demo's forgery failed", e);
        }
    }

    private static Connection open(Path database) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + database);
    }
}
