package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full in the middle of a write: whoever asked is told so, and what was there stays as it was. */
class FullDiskTest {
    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private Database database;
    private Web web;
    private String url = "";

    @BeforeEach
    void start() {
        database = SqliteDatabase.open(data.resolve("waybill.sqlite"));
        database.change(tx -> tx.handle().execute("CREATE TABLE crate (place INTEGER, content BLOB)"));
        Routes routes = new Routes();
        routes.post("/api/v1/crates", Permit.anyone(), this::store);
        routes.post("/api/v1/files", Permit.anyone(), call -> {
            throw new IOException("/data/ledger/tile: No space left on device");
        });
        routes.post("/api/v1/bugs", Permit.anyone(), call -> {
            throw new IOException("Input/output error");
        });
        web = new Web(
                routes, TestCredentials.of(new Tokens(database, Clock.systemUTC())), (status, problem) -> new byte[0]);
        url = "http://127.0.0.1:" + web.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        web.close();
        database.close();
    }

    /** A small row and one that is larger than what is left. */
    private void store(Call call) {
        database.change(tx -> {
            tx.handle().execute("INSERT INTO crate VALUES (1, zeroblob(10))");
            tx.handle().execute("INSERT INTO crate VALUES (2, zeroblob(1000000))");
        });
        call.noContent();
    }

    /** SQLite refuses to grow beyond so many pages with the very error of a full disk (SQLITE_FULL). */
    private void leaveRoom(long pages) {
        database.change(tx -> tx.handle()
                .createQuery("PRAGMA max_page_count = " + pages)
                .mapTo(Long.class)
                .one());
    }

    private long crates() {
        return database.read(tx -> tx.handle()
                .createQuery("SELECT COUNT(*) FROM crate")
                .mapTo(Long.class)
                .one());
    }

    private HttpResponse<byte[]> post(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(url + path))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private String refusal(String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = post(path);
        assertThat(answer.statusCode()).isEqualTo(503);
        return Json.parse(answer.body()).path("code").asString("");
    }

    @Test
    void a_write_that_finds_the_database_full_says_so_and_leaves_nothing_behind() throws Exception {
        leaveRoom(1);

        assertThat(refusal("/api/v1/crates")).isEqualTo("DISK_FULL");
        assertThat(crates()).isZero();

        leaveRoom(1_000_000);
        for (int crates = 2; crates <= 6; crates += 2) {
            assertThat(post("/api/v1/crates").statusCode()).isEqualTo(204);
            assertThat(crates()).isEqualTo(crates);
        }
    }

    @Test
    void a_file_that_does_not_fit_is_the_same_problem_and_any_other_fault_is_not() throws Exception {
        assertThat(refusal("/api/v1/files")).isEqualTo("DISK_FULL");
        assertThat(refusal("/api/v1/bugs")).isEqualTo("SERVER_BROKEN");
    }
}
