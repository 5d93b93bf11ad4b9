package dev.waybill.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.promotion.PipelineView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody did to the data directory while the server was down: it says what is wrong, and starts no second history. */
class DamagedDataTest {
    @TempDir
    static Path servers;

    @TempDir
    Path home;

    private Path data;

    @BeforeAll
    static void two_servers_ran_and_published() throws IOException {
        run("one");
        run("two");
    }

    @BeforeEach
    void one_of_them_is_down() throws IOException {
        data = copy("one");
    }

    private Path copy(String name) throws IOException {
        Path copy = home.resolve(name);
        try (Stream<Path> files = Files.walk(servers.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file, copy.resolve(servers.resolve(name).relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return copy;
    }

    /** A data directory whose entries are published. */
    private static Path run(String name) throws IOException {
        Path place = servers.resolve(name);
        assertThat(start(place).code()).isZero();
        try (Stream<Path> tiles = Files.walk(place.resolve("ledger/tile"))) {
            assertThat(tiles.filter(Files::isRegularFile)).isNotEmpty();
        }
        return place;
    }

    private record Started(int code, String said) {}

    private static Started start(Path place) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(said, true, UTF_8);
        int code = Main.run(List.of("--data", place.toString(), "--port", "0", "--check"), stream, stream);
        return new Started(code, said.toString(UTF_8));
    }

    private void assertRefused(String code, String what) {
        Started started = start(data);
        assertThat(started.code()).as(started.said()).isEqualTo(3);
        assertThat(started.said()).contains("code     " + code, what).doesNotContain("\tat ");
    }

    private void deleteDatabase() throws IOException {
        for (String file : List.of("waybill.sqlite", "waybill.sqlite-wal", "waybill.sqlite-shm")) {
            Files.deleteIfExists(data.resolve(file));
        }
    }

    @Test
    void a_database_that_is_gone_together_with_the_checkpoint_is_missed_by_the_tiles() throws IOException {
        deleteDatabase();
        Files.delete(data.resolve("ledger/checkpoint"));

        assertRefused("LEDGER_ROLLED_BACK", "the database has 0 entries, but files below ledger/tile speak of 3");
    }

    @Test
    void a_database_that_went_back_together_with_the_checkpoint_is_missed_by_the_tiles() throws IOException {
        Path older = home.resolve("older");
        Files.createDirectories(older);
        Files.copy(data.resolve("waybill.sqlite"), older.resolve("waybill.sqlite"));
        Files.copy(data.resolve("ledger/checkpoint"), older.resolve("checkpoint"));
        grow();
        deleteDatabase();
        Files.copy(older.resolve("waybill.sqlite"), data.resolve("waybill.sqlite"));
        Files.copy(older.resolve("checkpoint"), data.resolve("ledger/checkpoint"), StandardCopyOption.REPLACE_EXISTING);

        assertRefused("LEDGER_ROLLED_BACK", "the database has 3 entries, but files below ledger/tile speak of 4");
    }

    /** One more entry, published. */
    private void grow() {
        try (Database database = SqliteDatabase.open(data.resolve("waybill.sqlite"));
                Ledger ledger = FileLedger.open(database, data, null, Clock.systemUTC())) {
            PipelineView applied = new Pipelines(database, ledger, Clock.systemUTC())
                    .apply(
                            new ApplicationName("shop"),
                            Json.parse("[\"dev\"]".getBytes(UTF_8)),
                            new ActorName("admin"));
            ledger.prove(Objects.requireNonNull(applied.statement()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "junk", "ledger.example.com\n3\n", "\0\1\2\3"})
    void junk_in_the_checkpoint_file_is_named(String junk) throws IOException {
        Files.writeString(data.resolve("ledger/checkpoint"), junk);

        assertRefused("CHECKPOINT_DAMAGED", "the file ledger/checkpoint below the data directory");
    }

    @Test
    void a_checkpoint_with_a_forged_root_is_refused_and_the_database_publishes_the_true_one_again() throws IOException {
        Path file = data.resolve("ledger/checkpoint");
        String honest = Files.readString(file);
        String[] lines = honest.split("\n", 4);
        String forged = lines[0] + "\n" + lines[1] + "\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n" + lines[3];
        Files.writeString(file, forged);
        assertRefused("CHECKPOINT_DAMAGED", "move it away");

        Files.delete(file);

        assertThat(start(data).code()).isZero();
        assertThat(file).hasContent(honest);
    }

    @Test
    void a_database_that_is_none_is_named() throws IOException {
        deleteDatabase();
        Files.writeString(data.resolve("waybill.sqlite"), "This is no database. ".repeat(500));

        assertRefused("DATABASE_UNREADABLE", data.resolve("waybill.sqlite").toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE ledger_tree SET root = 'junk'                | somebody changed it
            UPDATE ledger_tree SET compact_range = 'AAAA'       | somebody changed it
            UPDATE ledger_tree SET compact_range = '*'          | no base64
            DELETE FROM ledger_tree                             | it is not there
            DELETE FROM ledger_entry WHERE idx = 1              | entry 1 is not there
            DELETE FROM ledger_entry WHERE idx = 2              | entry 2 is not there
            """)
    void what_somebody_did_to_the_ledger_s_rows_is_named_with_what_to_do(String damage, String what) throws Exception {
        change(damage);

        assertRefused("LEDGER_DAMAGED", what);
        assertThat(start(data).said()).contains("restore it from the newest backup");
    }

    @Test
    void a_checkpoint_s_row_that_is_none_is_named() throws Exception {
        change("UPDATE checkpoint SET root = 'junk'");

        assertRefused("CHECKPOINT_DAMAGED", "Restore the database from the newest backup");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "junk", "{\"name\":\"admin\",\"emails\":[],\"grants\":[{\"role\":\"king\"}]}"})
    void a_token_s_row_that_is_none_is_named_and_stops_nobody_else(String actor) throws Exception {
        ServerConfig config = ServerConfig.of(data, 0);
        try (WaybillServer server = WaybillServer.start(config)) {
            server.greet(new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
        }
        change("UPDATE token SET actor = '" + actor + "'");

        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (WaybillServer server = WaybillServer.start(config)) {
            server.greet(new PrintStream(said, true, UTF_8));
            assertThat(said.toString(UTF_8)).contains("Waybill answers at").doesNotContain("Admin token");
            assertThatThrownBy(server.tokens()::all).hasMessageContaining("TOKEN_DAMAGED");
        }
    }

    private void change(String sql) throws SQLException {
        try (Connection intruder = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("waybill.sqlite"));
                var statement = intruder.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "ingest", "verdict", "log"})
    void another_valid_key_under_a_key_s_name_is_noticed(String name) throws IOException {
        Path other = copy("two");
        Files.copy(
                other.resolve("keys/" + name + ".pem"),
                data.resolve("keys/" + name + ".pem"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);

        assertRefused("KEYS_DIFFER", "keys/" + name + ".pem");
    }

    @Test
    void a_key_file_whose_halves_are_of_two_pairs_is_noticed() throws IOException {
        Path other = copy("two");
        String mine = Files.readString(data.resolve("keys/verdict.pem"));
        String theirs = Files.readString(other.resolve("keys/verdict.pem"));
        String label = "-----BEGIN PUBLIC KEY-----";
        Files.writeString(
                data.resolve("keys/verdict.pem"),
                theirs.substring(0, theirs.indexOf(label)) + mine.substring(mine.indexOf(label)));

        assertRefused("KEYS_DAMAGED", "keys/verdict.pem");
    }
}
