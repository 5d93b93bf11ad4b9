package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.Checkpoint;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.tile.Head;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's promises, on each database. */
abstract class LedgerContract {
    /** The server's own keys come first. */
    private static final long OWN = 3;

    @TempDir
    Path data;

    private TestDatabases.Place place;
    private Database database;
    private Ledger ledger;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        place = place();
        database = place.open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        if (ledger != null) {
            ledger.close();
        }
        if (database != null) {
            database.close();
        }
    }

    @Test
    void the_first_entries_are_the_servers_own_keys() {
        List<KnownKey> keys = read(new KeyRegister(ledger)::all);

        assertThat(keys).extracting(KnownKey::role).containsExactly(KeyRole.RECORD, KeyRole.INGEST, KeyRole.VERDICT);
        assertThat(keys.getFirst().spki()).isEqualTo(ledger.keys().record().publicKey());
        assertThat(keys).allMatch(KnownKey::inService);
    }

    @Test
    void a_statement_gets_the_next_index_and_is_found_by_its_id() {
        Signed signed = Samples.mark(ledger, "one");

        long index = database.write(tx -> ledger.append(tx, signed));

        assertThat(index).isEqualTo(OWN);
        Entry entry = find(signed).orElseThrow();
        assertThat(entry.index()).isEqualTo(OWN);
        assertThat(entry.signed()).isEqualTo(signed);
        assertThat(read(ledger::size)).isEqualTo(OWN + 1);
    }

    @Test
    void logging_the_same_statement_again_gives_the_index_that_it_has() {
        Signed signed = Samples.mark(ledger, "one");
        Signed signedAgain = ledger.keys().record().sign(signed.statement());
        long index = database.write(tx -> ledger.append(tx, signed));
        database.change(tx -> ledger.append(tx, Samples.mark(ledger, "two")));

        long again = database.write(tx -> ledger.append(tx, signedAgain));

        assertThat(again).isEqualTo(index);
        assertThat(read(ledger::size)).isEqualTo(OWN + 2);
    }

    @Test
    void a_transaction_that_rolls_back_leaves_no_entry_and_no_gap() {
        Signed lost = Samples.mark(ledger, "lost");
        assertThatThrownBy(() -> database.change(tx -> {
                    ledger.append(tx, lost);
                    throw new IllegalStateException("changed my mind");
                }))
                .isInstanceOf(IllegalStateException.class);

        long index = database.write(tx -> ledger.append(tx, Samples.mark(ledger, "kept")));

        assertThat(index).isEqualTo(OWN);
        assertThat(find(lost)).isEmpty();
    }

    @Test
    void statements_about_a_digest_come_in_ledger_order_and_by_type() {
        Digest subject = Digest.sha256(new byte[] {1});
        database.change(tx -> {
            ledger.append(tx, Samples.mark(ledger, "b", subject));
            ledger.append(tx, Samples.mark(ledger, "a", subject));
            ledger.append(tx, Samples.mark(ledger, "c", Digest.sha256(new byte[] {2})));
        });

        List<Entry> found = read(tx -> ledger.about(tx, subject, PredicateTypes.MARK));

        assertThat(found).extracting(Entry::index).containsExactly(OWN, OWN + 1);
        assertThat(entries(tx -> ledger.about(tx, subject, PredicateTypes.LABEL)))
                .isEmpty();
    }

    @Test
    void a_follower_reads_on_from_where_it_was() {
        database.change(tx -> {
            for (int i = 0; i < 5; i++) {
                ledger.append(tx, Samples.mark(ledger, "n" + i));
            }
        });

        assertThat(entries(tx -> ledger.after(tx, -1, 100))).hasSize((int) OWN + 5);
        assertThat(entries(tx -> ledger.after(tx, OWN, 2)))
                .extracting(Entry::index)
                .containsExactly(OWN + 1, OWN + 2);
        assertThat(entries(tx -> ledger.ofType(tx, PredicateTypes.MARK, -1, 2)))
                .extracting(Entry::index)
                .containsExactly(OWN, OWN + 1);
    }

    @Test
    void whoever_waits_for_growth_wakes_with_the_commit() throws Exception {
        long before = read(ledger::size);
        CompletableFuture<Long> waiter = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> waiter.complete(ledger.awaitGrowth(before, Duration.ofSeconds(30))));

        database.change(tx -> ledger.append(tx, Samples.mark(ledger, "news")));

        assertThat(waiter.get()).isEqualTo(before + 1);
        assertThat(ledger.awaitGrowth(before + 1, Duration.ofMillis(1))).isEqualTo(before + 1);
    }

    @Test
    void concurrent_appends_leave_no_gap() throws Exception {
        long count = 96;
        List<Long> indexes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> results = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                Signed signed = Samples.mark(ledger, "r" + i);
                results.add(threads.submit(() -> database.write(tx -> ledger.append(tx, signed))));
            }
            for (Future<Long> result : results) {
                indexes.add(result.get());
            }
        }

        assertThat(indexes)
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(OWN, OWN + count).boxed().toList());
        Head head = read(ledger.store()::head);
        assertThat(head.range().size()).isEqualTo(OWN + count);
        assertThat(head.range().root()).isEqualTo(head.root());
    }

    @Test
    void a_proof_leads_from_the_statement_to_a_checkpoint_that_the_log_signed() {
        Signed signed = Samples.mark(ledger, "proved");
        long index = database.write(tx -> ledger.append(tx, signed));

        Logged logged = ledger.prove(signed.id());

        Checkpoint checkpoint =
                LogIdentity.of(ledger.keys().log().verifier()).open(SignedNote.parse(logged.checkpoint()));
        assertThat(logged.index()).isEqualTo(index);
        assertThat(logged.proof().root(Leaf.hash(signed))).isEqualTo(checkpoint.root());
        assertThat(checkpoint.size()).isEqualTo(OWN + 1);
    }

    @Test
    void a_proof_of_what_was_never_logged_is_refused() {
        Signed signed = Samples.mark(ledger, "never");

        assertThatThrownBy(() -> ledger.prove(signed.id()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("STATEMENT_UNKNOWN"));
    }

    @Test
    void opening_again_keeps_the_keys_and_logs_nothing_twice() {
        byte[] key = ledger.keys().verdict().publicKey();
        String origin = ledger.keys().origin();
        ledger.close();
        database.close();
        database = place.open();

        ledger = FileLedger.open(database, data, origin, Clock.systemUTC());

        assertThat(ledger.keys().verdict().publicKey()).isEqualTo(key);
        assertThat(ledger.keys().origin()).isEqualTo(origin).endsWith(".waybill.local");
        assertThat(read(ledger::size)).isEqualTo(OWN);
    }

    @Test
    void another_origin_is_refused_for_ever() {
        assertThatThrownBy(() -> FileLedger.open(database, data, "ledger.example.com", Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("ORIGIN_FIXED"));
    }

    @Test
    void a_ledger_without_its_keys_does_not_start_with_new_ones() {
        assertThatThrownBy(() -> FileLedger.open(database, data.resolve("elsewhere"), null, Clock.systemUTC()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("KEYS_MISSING"));
    }

    private Optional<Entry> find(Signed signed) {
        return read(tx -> ledger.find(tx, signed.id()));
    }

    private List<Entry> entries(Database.Work<List<Entry>> work) {
        return read(work);
    }

    private <T> T read(Database.Work<T> work) {
        return database.read(work);
    }
}
