package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.tile.CheckpointStore;
import dev.waybill.server.tile.FileTileStore;
import dev.waybill.server.tile.Publisher;
import dev.waybill.server.tile.TileStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PostgresLedgerTest extends LedgerContract {
    @Override
    TestDatabases.Place place() {
        return TestDatabases.postgres();
    }

    @Test
    void two_servers_on_one_database_see_each_others_entries_and_publish_one_history() throws Exception {
        TestDatabases.Place shared = TestDatabases.postgres();
        try (Database first = shared.open();
                Database second = shared.open();
                Ledger here = FileLedger.open(first, data.resolve("shared"), null, Clock.systemUTC());
                Ledger there = FileLedger.open(second, data.resolve("shared"), null, Clock.systemUTC())) {
            long before = first.read(here::size);
            CompletableFuture<Long> waiter = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> waiter.complete(here.awaitGrowth(before, Duration.ofSeconds(30))));
            Signed signed = Samples.mark(there, "from the other server");

            second.change(tx -> there.append(tx, signed));

            assertThat(waiter.get()).isEqualTo(before + 1);
            assertThat(here.prove(signed.id())).isEqualTo(there.prove(signed.id()));
        }
    }

    @Test
    void a_server_that_fell_behind_does_not_replace_a_newer_checkpoint() {
        TestDatabases.Place shared = TestDatabases.postgres();
        try (Database database = shared.open();
                Ledger ledger = FileLedger.open(database, data.resolve("shared"), null, Clock.systemUTC())) {
            Publisher.Parts parts = new Publisher.Parts(database, ledger.store());
            TileStore files = new FileTileStore(data.resolve("shared/ledger"));
            CheckpointStore overtaken = new OvertakenCheckpoints(ledger, database);
            Publisher slow =
                    new Publisher(parts, overtaken, files, ledger.keys().log(), Clock.systemUTC());
            slow.recover();

            slow.publish();

            assertThat(slow.published().tree().size()).isZero();
            assertThat(new String(files.checkpoint().orElseThrow(), StandardCharsets.UTF_8))
                    .contains("\n4\n");
        }
    }
}
