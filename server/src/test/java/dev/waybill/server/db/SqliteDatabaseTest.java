package dev.waybill.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Beside what every database does: one thread writes for all, and nothing that a work does may end it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SqliteDatabaseTest extends DatabaseContract {
    @TempDir
    Path directory;

    @Override
    TestDatabases.Place place() {
        return TestDatabases.sqlite(directory);
    }

    @Test
    void what_fails_at_the_commit_was_promised_to_nobody_and_is_not_done_again() throws Exception {
        try (Database database = place().open()) {
            database.change(tx -> tx.handle().execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)"));
            database.change(tx -> tx.handle()
                    .execute("CREATE TABLE child (id INTEGER PRIMARY KEY,"
                            + " parent INTEGER NOT NULL REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED)"));
            database.change(tx -> tx.handle().execute("INSERT INTO parent (id) VALUES (1)"));
            AtomicInteger orphans = new AtomicInteger();

            int said = acknowledged(300, number -> {
                int parent = number == 150 ? 99 : 1;
                database.change(tx -> {
                    if (parent == 99) {
                        orphans.incrementAndGet();
                    }
                    tx.handle().execute("INSERT INTO child (id, parent) VALUES (?, ?)", number, parent);
                });
            });

            assertThat(children(database)).isEqualTo(said);
            assertThat(orphans).hasValue(1);
            assertThat(said).isPositive();
        }
    }

    @Test
    void an_error_in_a_work_or_a_wake_up_call_ends_neither_the_writer_nor_what_stands() throws Exception {
        try (Database database = place().open()) {
            database.change(tx -> tx.handle().execute("CREATE TABLE child (id INTEGER PRIMARY KEY)"));

            int said = acknowledged(
                    300,
                    number -> database.change(tx -> {
                        tx.handle().execute("INSERT INTO child (id) VALUES (?)", number);
                        tx.afterCommit(() -> {
                            if (number % 10 == 3) {
                                throw new OutOfMemoryError("for the test, in a wake-up call");
                            }
                        });
                        if (number % 10 == 7) {
                            throw new OutOfMemoryError("for the test, in a work");
                        }
                    }));

            assertThat(said).isEqualTo(270);
            assertThat(children(database)).isEqualTo(said);
        }
    }

    @Test
    void whoever_writes_to_a_closed_database_is_told() {
        Database database = place().open();
        database.close();

        assertThatThrownBy(() -> database.change(tx -> tx.handle().execute("CREATE TABLE late (id INTEGER)")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void a_write_inside_of_a_write_is_told_instead_of_waiting_for_itself() {
        try (Database database = place().open()) {
            assertThatThrownBy(() -> database.change(outer ->
                            database.change(inner -> inner.handle().execute("CREATE TABLE inside (id INTEGER)"))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("inside of a write");
        }
    }

    @FunctionalInterface
    private interface Write {
        void of(int number);
    }

    /** How many of so many writes at once were told that they stand. */
    private static int acknowledged(int all, Write write) throws Exception {
        List<Future<Boolean>> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < all; i++) {
                int number = i;
                done.add(threads.submit(() -> {
                    try {
                        write.of(number);
                        return true;
                    } catch (UncheckedIOException | OutOfMemoryError e) {
                        return false;
                    }
                }));
            }
            int said = 0;
            for (Future<Boolean> each : done) {
                said += each.get(30, TimeUnit.SECONDS) ? 1 : 0;
            }
            return said;
        }
    }

    private static int children(Database database) {
        return database.read(tx -> tx.handle()
                .createQuery("SELECT count(*) FROM child")
                .mapTo(Integer.class)
                .one());
    }
}
