package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.merkle.Proofs;
import dev.waybill.core.merkle.Tree;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tile.CheckpointStore;
import dev.waybill.server.tile.FileTileStore;
import dev.waybill.server.tile.FileWrites;
import dev.waybill.server.tile.Publisher;
import dev.waybill.server.tile.Publishing;
import dev.waybill.server.tile.SqlCheckpointStore;
import dev.waybill.server.tile.TileStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The publisher dies before each of its steps in turn, starts again and must end with one whole, consistent history. */
class PublisherCrashTest {
    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(data).open();
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        ledger.close();
        database.close();
    }

    @Test
    void a_death_before_any_step_of_the_disk_loses_nothing_and_shows_nothing_unproved() {
        append(248);
        for (int step = 1; ; step++) {
            append(2);
            Publisher dying = publisher(new DyingDisk(step));
            Tree before = dying.published().tree();
            boolean survived = publishes(dying);

            Publisher next = publisher(new DyingDisk(Integer.MAX_VALUE));

            assertThat(next.stopped()).isEmpty();
            assertThat(next.published().tree().size()).isGreaterThanOrEqualTo(before.size());
            Tree now = next.publish().tree();
            assertThat(now).isEqualTo(database.read(ledger.store()::head).tree());
            Proofs.checkConsistency(
                    before,
                    now,
                    Proofs.consistency(
                            before.size(), now.size(), next.derivation().nodes(now.size())));
            if (survived) {
                assertThat(step).as("steps of one publication").isGreaterThan(12);
                break;
            }
        }
        assertThatEverythingAgrees();
    }

    @Test
    void a_note_that_could_not_be_stored_is_shown_to_nobody() {
        append(1);
        TileStore files = new FileTileStore(data.resolve("ledger"));
        CheckpointStore refusing = new RefusingCheckpoints();
        Publisher publisher =
                new Publisher(parts(), refusing, files, ledger.keys().log(), Clock.systemUTC());
        publisher.recover();

        assertThatThrownBy(publisher::publish).isInstanceOf(UncheckedIOException.class);

        assertThat(files.checkpoint()).isEmpty();
        assertThat(publisher.published().tree()).isEqualTo(Tree.EMPTY);
    }

    @Test
    void files_that_vanished_are_derived_again_at_the_start() throws IOException {
        append(300);
        publisher(new DyingDisk(Integer.MAX_VALUE)).publish();
        Path bundle = data.resolve("ledger/tile/entries/000");
        Path tile = data.resolve("ledger/tile/0/001.p/47");
        Files.delete(bundle);
        Files.delete(tile);

        publisher(new DyingDisk(Integer.MAX_VALUE));

        assertThat(bundle).exists();
        assertThat(tile).exists();
        assertThatEverythingAgrees();
    }

    @Test
    void publishing_goes_on_when_memory_ran_out_once() {
        AtomicBoolean scarce = new AtomicBoolean(true);
        Publisher publisher = publisher(step -> {
            if (scarce.getAndSet(false)) {
                throw new OutOfMemoryError("no memory for: " + step);
            }
        });
        append(3);
        try (Publishing publishing = new Publishing(publisher)) {
            long last = database.read(ledger::size) - 1;

            CheckpointStore.Signed covering = publishing.cover(last, Duration.ofSeconds(30));

            assertThat(covering.tree().size()).isGreaterThan(last);
        }
        assertThat(scarce).isFalse();
        assertThatEverythingAgrees();
    }

    @Test
    void publishing_that_was_never_started_closes() {
        new Publishing(publisher(step -> {})).close();

        assertThatEverythingAgrees();
    }

    private void assertThatEverythingAgrees() {
        Ledger again = FileLedger.open(database, data, null, Clock.systemUTC());
        assertThat(new LedgerVerify(database, again, List.of()).run().findings())
                .isEmpty();
        again.close();
    }

    private boolean publishes(Publisher publisher) {
        try {
            publisher.publish();
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    private Publisher publisher(FileWrites.Steps disk) {
        Publisher publisher = new Publisher(
                parts(),
                new SqlCheckpointStore(),
                new FileTileStore(data.resolve("ledger"), new FileWrites(disk)),
                ledger.keys().log(),
                Clock.systemUTC());
        publisher.recover();
        return publisher;
    }

    private Publisher.Parts parts() {
        return new Publisher.Parts(database, ledger.store());
    }

    private void append(int count) {
        long size = database.read(ledger::size);
        database.change(tx -> {
            for (int i = 0; i < count; i++) {
                ledger.append(tx, Samples.mark(ledger, "entry " + (size + i)));
            }
        });
    }

    /** Fails before the given step and before every one after it: whoever died does not tidy up. */
    private static final class DyingDisk implements FileWrites.Steps {
        private int left;

        DyingDisk(int step) {
            this.left = step;
        }

        @Override
        public void before(String step) throws IOException {
            left--;
            if (left <= 0) {
                throw new IOException("died before: " + step);
            }
        }
    }

    /** A database that takes no note. */
    private static final class RefusingCheckpoints implements CheckpointStore {
        private final CheckpointStore real = new SqlCheckpointStore();

        @Override
        public Optional<Signed> newest(Tx tx) {
            return real.newest(tx);
        }

        @Override
        public Optional<Instant> newestAt(Tx tx) {
            return real.newestAt(tx);
        }

        @Override
        public Optional<Signed> at(Tx tx, long size) {
            return real.at(tx, size);
        }

        @Override
        public Optional<Signed> covering(Tx tx, long index) {
            return real.covering(tx, index);
        }

        @Override
        public List<Signed> all(Tx tx) {
            return real.all(tx);
        }

        @Override
        public void insert(Tx tx, Signed checkpoint, Instant at) {
            throw new UncheckedIOException(new IOException("disk full"));
        }
    }
}
