package dev.waybill.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database restored from a backup must not grow a second history under the first one's name. */
class LedgerRolledBackTest {
    @TempDir
    Path data;

    private Database database;
    private Ledger ledger;
    private Signed kept;

    @BeforeEach
    void a_published_entry_that_the_backup_lacks() throws IOException {
        start();
        kept = Samples.mark(ledger, "in the backup");
        database.change(tx -> ledger.append(tx, kept));
        ledger.prove(kept.id());
        stop();
        Files.copy(data.resolve("waybill.db"), data.resolve("backup.db"));
        start();
        Signed lost = Samples.mark(ledger, "after the backup");
        database.change(tx -> ledger.append(tx, lost));
        ledger.prove(lost.id());
        stop();
        Files.move(data.resolve("backup.db"), data.resolve("waybill.db"), StandardCopyOption.REPLACE_EXISTING);
    }

    @AfterEach
    void stop() {
        ledger.close();
        database.close();
    }

    @Test
    void a_database_behind_the_published_checkpoint_takes_no_statement_and_still_proves_the_old_ones() {
        start();

        assertThat(ledger.readOnly()).map(Problem::code).contains("LEDGER_ROLLED_BACK");
        assertThatThrownBy(() -> append("a second history"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("LEDGER_ROLLED_BACK"));
        assertThat(ledger.prove(kept.id()).index()).isEqualTo(3);
        assertThat(new LedgerVerify(database, ledger, List.of()).run().findings())
                .extracting(Finding::code)
                .contains("LEDGER_ROLLED_BACK");
    }

    @Test
    void a_second_history_that_grew_meanwhile_is_refused_even_when_it_is_longer() throws IOException {
        Files.move(data.resolve("ledger"), data.resolve("elsewhere"));
        start();
        append("another");
        append("and longer");
        stop();
        assertThat(data.resolve("ledger")).doesNotExist();
        Files.move(data.resolve("elsewhere"), data.resolve("ledger"));

        start();

        assertThat(ledger.readOnly()).map(Problem::code).contains("LEDGER_ROLLED_BACK");
    }

    @Test
    void a_tree_row_that_was_changed_stops_the_ledger_instead_of_being_signed() throws IOException {
        Files.move(data.resolve("ledger"), data.resolve("elsewhere"));
        start();
        append("one more");
        database.change(tx ->
                tx.handle().execute("UPDATE ledger_tree SET root = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='"));

        assertThatThrownBy(() -> ledger.publisher().publish())
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("LEDGER_DAMAGED"));
        assertThatThrownBy(() -> append("on top"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("LEDGER_DAMAGED"));
        assertThat(data.resolve("ledger/checkpoint")).doesNotExist();
    }

    private void append(String reason) {
        database.change(tx -> ledger.append(tx, Samples.mark(ledger, reason)));
    }

    private void start() {
        database = SqliteDatabase.open(data.resolve("waybill.db"));
        ledger = FileLedger.open(database, data, null, Clock.systemUTC());
    }
}
