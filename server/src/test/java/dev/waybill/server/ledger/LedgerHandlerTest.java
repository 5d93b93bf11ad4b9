package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.json.Json;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.PublicKeys;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.http.Routes;
import dev.waybill.server.http.TestCredentials;
import dev.waybill.server.http.Web;
import dev.waybill.server.identity.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger over HTTP, read as a stranger with a token and the published keys would. */
class LedgerHandlerTest {
    @TempDir
    Path data;

    private final HttpClient client = HttpClient.newHttpClient();
    private Database database;
    private Ledger ledger;
    private Web web;
    private String url = "";
    private String token = "";
    private Signed signed;

    @BeforeEach
    void start() {
        database = TestDatabases.sqlite(data).open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
        signed = Samples.mark(ledger, "kept for ever");
        database.change(tx -> ledger.append(tx, signed));
        Tokens tokens = new Tokens(database, Clock.systemUTC());
        token = tokens.firstAdmin().orElseThrow().text();
        Routes routes = new Routes();
        new LedgerHandler(database, ledger, new LedgerVerify(database, ledger, List.of())).addTo(routes);
        web = new Web(routes, TestCredentials.of(tokens), (status, problem) -> new byte[0]);
        url = "http://127.0.0.1:" + web.start("127.0.0.1", 0);
    }

    @AfterEach
    void stop() {
        web.close();
        ledger.close();
        database.close();
    }

    @Test
    void a_statement_comes_with_a_proof_that_the_published_keys_verify() throws Exception {
        TrustRoot trust = TrustRoot.read(get("/api/v1/ledger/trust", "").body());

        byte[] bundle = get("/api/v1/statements/" + signed.id().hex(), token).body();

        Verified verified = new Verifier(trust).verify(bundle, Question.of(PredicateTypes.MARK));
        assertThat(verified.id()).isEqualTo(signed.id());
        assertThat(verified.index()).isEqualTo(3);
        assertThat(get("/api/v1/statements/" + signed.id(), token).body()).isEqualTo(bundle);
    }

    @Test
    void checkpoint_and_tiles_have_their_names_types_and_caching() throws Exception {
        ledger.prove(signed.id());

        HttpResponse<byte[]> note = get("/ledger/checkpoint", token);
        HttpResponse<byte[]> tile = get("/ledger/tile/0/000.p/4", token);

        String vkey = new String(get("/api/v1/ledger/trust?format=vkey", "").body(), StandardCharsets.UTF_8);
        Checkpoint checkpoint = LogIdentity.of(NoteKey.parse(vkey.strip())).open(SignedNote.parse(note.body()));
        assertThat(checkpoint.size()).isEqualTo(4);
        assertThat(note.headers().firstValue("Content-Type").orElse(""))
                .isEqualToIgnoringWhitespace("text/plain; charset=utf-8");
        assertThat(tile.body()).hasSize(4 * Hash.BYTES);
        assertThat(tile.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(tile.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
        assertThat(get("/ledger/tile/entries/000.p/4", token).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0/000",
                "0/000.p/0",
                "0/000.p/5",
                "0/000.p/256",
                "0/x000/000.p/4",
                "00/000.p/4",
                "8/000",
                "-1/000.p/4",
                "entries/../../keys/log.pem",
                "entries/%2e%2e/%2e%2e/%2e%2e/keys/log.pem",
                "0/0.p/4",
                "0/x999/x999/x999/x999/x999/x999/999"
            })
    void what_is_no_tile_is_not_found(String path) throws Exception {
        ledger.prove(signed.id());

        HttpResponse<byte[]> answer = get("/ledger/tile/" + path, token);

        assertThat(answer.statusCode()).isIn(400, 404);
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("PRIVATE KEY");
    }

    @Test
    void the_key_of_a_role_comes_as_cosign_takes_it() throws Exception {
        String pem = new String(
                get("/api/v1/ledger/trust?format=pem&role=ingest", "").body(), StandardCharsets.UTF_8);

        assertThat(PublicKeys.fromPem(pem)).isEqualTo(ledger.keys().ingest().publicKey());
        assertThat(get("/api/v1/ledger/trust?format=pem&role=agent", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void entries_are_read_on_from_an_index() throws Exception {
        var answer =
                Json.parse(get("/api/v1/ledger/entries?after=2&limit=10", token).body());

        assertThat(answer.path("size").asLong()).isEqualTo(4);
        assertThat(answer.path("entries")).hasSize(1);
        assertThat(answer.path("entries").get(0).path("id").asString())
                .isEqualTo(signed.id().hex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ledger/checkpoint", "/ledger/tile/0/000.p/4", "/api/v1/ledger/entries"})
    void without_a_token_only_the_keys_are_shown(String path) throws Exception {
        ledger.prove(signed.id());

        assertThat(get(path, "").statusCode()).isEqualTo(401);
        assertThat(get("/api/v1/ledger/trust?format=sigstore", "").statusCode()).isEqualTo(200);
    }

    @Test
    void the_audit_answers_what_it_found() throws Exception {
        database.change(tx -> tx.handle().execute("DELETE FROM ledger_subject WHERE idx = 3"));

        HttpResponse<byte[]> answer = client.send(
                request("/api/v1/ledger/verify", token)
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        var report = Json.parse(answer.body());
        assertThat(report.path("entries").asLong()).isEqualTo(4);
        assertThat(report.path("findings").get(0).path("table").asString()).isEqualTo("ledger_subject");
        assertThat(report.path("findings").get(0).path("index").asLong()).isEqualTo(3);
    }

    private HttpResponse<byte[]> get(String path, String as) throws IOException, InterruptedException {
        return client.send(request(path, as).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String path, String as) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        return as.isEmpty() ? request : request.header("Authorization", "Bearer " + as);
    }
}
