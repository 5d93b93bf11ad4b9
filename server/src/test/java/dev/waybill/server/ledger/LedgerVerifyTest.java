package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import dev.waybill.server.db.Tx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyPair;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed behind the ledger's back is found and named. */
class LedgerVerifyTest {
    private static final String FILE = "waybill.sqlite";

    @TempDir
    static Path made;

    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;

    /** Made once and copied: signing is most of it. */
    @BeforeAll
    static void a_ledger_of_300_entries() {
        try (Database database = SqliteDatabase.open(made.resolve(FILE));
                Ledger ledger = FileLedger.open(database, made, null, Clock.systemUTC())) {
            database.change(tx -> {
                for (int i = 3; i < 300; i++) {
                    ledger.append(tx, Samples.mark(ledger, "entry " + i));
                }
            });
            ledger.publisher().publish();
        }
    }

    @BeforeEach
    void open() throws IOException {
        try (Stream<Path> files = Files.walk(made)) {
            for (Path file : files.skip(1).toList()) {
                Files.copy(file, data.resolve(made.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        database = SqliteDatabase.open(data.resolve(FILE));
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void an_untouched_ledger_has_no_findings() {
        LedgerVerify.Report report = verify();

        assertThat(report.entries()).isEqualTo(300);
        assertThat(report.findings()).isEmpty();
    }

    @Test
    void an_edited_payload_is_found_with_its_entry() {
        String id = idOf(17);
        sql("UPDATE ledger_statement SET payload = ? WHERE sha256 = ?", edited(17), id);

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::row, Finding::index, Finding::code)
                .contains(
                        tuple("ledger_statement", id, 17L, "STATEMENT_DIFFERS"),
                        tuple("ledger_statement", id, 17L, "SIGNATURE_INVALID"));
    }

    @Test
    void a_statement_replaced_together_with_its_leaf_is_found_by_the_checkpoint() {
        Signed other = Samples.mark(ledger, "another story");
        byte[] body = Leaf.of(other);
        sql(
                "UPDATE ledger_statement SET sha256 = ?, payload = ?, signature = ? WHERE sha256 = ?",
                other.id().hex(),
                other.payload(),
                other.signature(),
                idOf(20));
        sql(
                "UPDATE ledger_entry SET body = ?, leaf_hash = ?, statement_sha256 = ? WHERE idx = 20",
                body,
                Hash.leaf(body).bytes(),
                other.id().hex());

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::code)
                .contains(
                        tuple("ledger_tree", "TREE_DIFFERS"),
                        tuple("checkpoint", "CHECKPOINT_DIFFERS"),
                        tuple("tile/entries/000", "TILE_DIFFERS"));
    }

    @Test
    void a_removed_entry_is_found() {
        sql("DELETE FROM ledger_entry WHERE idx = 42");

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::index, Finding::code)
                .contains(tuple("ledger_entry", 42L, "ENTRY_MISSING"));
    }

    @Test
    void a_removed_statement_is_found() {
        String id = idOf(43);
        sql("DELETE FROM ledger_statement WHERE sha256 = ?", id);

        assertThat(verify().findings())
                .extracting(Finding::row, Finding::index, Finding::code)
                .containsExactly(tuple(id, 43L, "STATEMENT_MISSING"));
    }

    @Test
    void a_subject_moved_to_another_artifact_is_found() {
        sql(
                "UPDATE ledger_subject SET digest = ? WHERE idx = 44",
                Digest.sha256(new byte[0]).toString());

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::index, Finding::code)
                .containsExactly(tuple("ledger_subject", 44L, "ROW_DIFFERS"));
    }

    @Test
    void an_edited_tile_is_found_with_its_first_wrong_leaf() throws IOException {
        flip(data.resolve("ledger/tile/0/001.p/44"), 3 * 32 + 5);
        flip(data.resolve("ledger/tile/entries/001.p/44"), 20);

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::index, Finding::code)
                .containsExactlyInAnyOrder(
                        tuple("tile/0/001.p/44", 259L, "TILE_DIFFERS"),
                        tuple("tile/entries/001.p/44", 256L, "TILE_DIFFERS"));
    }

    @Test
    void a_removed_tile_and_a_forged_checkpoint_are_found() throws IOException {
        Files.delete(data.resolve("ledger/tile/1/000.p/1"));
        flip(data.resolve("ledger/checkpoint"), 3);

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::code)
                .containsExactlyInAnyOrder(
                        tuple("tile/1/000.p/1", "TILE_MISSING"), tuple("checkpoint", "LOG_KEY_INVALID"));
    }

    @Test
    void an_edited_partial_tile_of_a_former_size_is_found() throws IOException {
        database.change(tx -> ledger.append(tx, Samples.mark(ledger, "one more")));
        ledger.publisher().publish();
        assertThat(verify().findings()).isEmpty();
        flip(data.resolve("ledger/tile/0/001.p/44"), 3 * 32 + 5);
        flip(data.resolve("ledger/tile/entries/001.p/44"), 20);

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::index, Finding::code)
                .containsExactlyInAnyOrder(
                        tuple("tile/0/001.p/44", 259L, "TILE_DIFFERS"),
                        tuple("tile/entries/001.p/44", 256L, "TILE_DIFFERS"));
    }

    @Test
    void a_tile_that_reaches_beyond_the_entries_is_found() throws IOException {
        Files.copy(data.resolve("ledger/tile/0/001.p/44"), data.resolve("ledger/tile/0/001.p/45"));

        assertThat(verify().findings())
                .extracting(Finding::table, Finding::index, Finding::code)
                .containsExactly(tuple("tile/0/001.p/45", 300L, "TILE_BEYOND"));
    }

    @Test
    void a_statement_by_a_key_that_the_ledger_does_not_know_is_found() {
        KeyPair pair = SigningKey.generate();
        SigningKey stranger = new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
        Signed signed = stranger.sign(Samples.mark(ledger, "trust me").statement());
        database.change(tx -> ledger.append(tx, signed));

        assertThat(verify().findings())
                .extracting(Finding::index, Finding::code)
                .containsExactly(tuple(300L, "KEY_UNKNOWN"));
    }

    @Test
    void a_statement_by_a_key_of_another_role_is_found() {
        Signed signed = ledger.keys()
                .verdict()
                .sign(Samples.mark(ledger, "not my office").statement());
        database.change(tx -> ledger.append(tx, signed));

        assertThat(verify().findings())
                .extracting(Finding::index, Finding::code)
                .containsExactly(tuple(300L, "KEY_ROLE_FORBIDDEN"));
    }

    @Test
    void the_rooms_add_what_they_find_in_their_own_rows() {
        Finding theirs = new Finding("artifact", "registration", "shop", 7L, "ROW_DIFFERS", "The digest is another.");
        RowAudit audit = new RowAudit() {
            @Override
            public String room() {
                return "artifact";
            }

            @Override
            public List<Finding> check(Tx tx, Ledger read) {
                return List.of(theirs);
            }
        };

        assertThat(new LedgerVerify(database, ledger, List.of(audit)).run().findings())
                .containsExactly(theirs);
    }

    @Test
    void a_second_run_at_the_same_time_is_refused_and_the_next_one_is_not() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        RowAudit slow = new RowAudit() {
            @Override
            public String room() {
                return "slow";
            }

            @Override
            public List<Finding> check(Tx tx, Ledger read) {
                reading.countDown();
                try {
                    assertThat(goOn.await(40, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return List.of();
            }
        };
        LedgerVerify verify = new LedgerVerify(database, ledger, List.of(slow));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<LedgerVerify.Report> first = threads.submit(verify::run);
            assertThat(reading.await(40, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(verify::run).hasMessageContaining("LEDGER_VERIFY_RUNNING");

            goOn.countDown();
            assertThat(first.get(40, TimeUnit.SECONDS).findings()).isEmpty();
        }
        assertThat(verify.run().findings()).isEmpty();
    }

    private LedgerVerify.Report verify() {
        return new LedgerVerify(database, ledger, List.of()).run();
    }

    private Entry entry(long index) {
        return database.read(tx -> ledger.after(tx, index - 1, 1)).getFirst();
    }

    private String idOf(long index) {
        return entry(index).id().hex();
    }

    private byte[] edited(long index) {
        String text = new String(entry(index).signed().payload(), StandardCharsets.UTF_8);
        return text.replace("entry", "Entry").getBytes(StandardCharsets.UTF_8);
    }

    private void sql(String text, Object... arguments) {
        database.change(tx -> assertThat(tx.handle().execute(text, arguments)).isEqualTo(1));
    }

    private static void flip(Path file, int position) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[position] ^= 1;
        Files.write(file, bytes);
    }
}
