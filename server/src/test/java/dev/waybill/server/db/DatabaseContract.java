package dev.waybill.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every room relies on, whichever database it is. */
abstract class DatabaseContract {
    private TestDatabases.Place place;
    private Database database;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        place = place();
        database = place.open();
        database.change(tx -> tx.handle().execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, n BIGINT NOT NULL)"));
        database.change(tx -> tx.handle().execute("INSERT INTO counter (id, n) VALUES (1, 0)"));
    }

    @AfterEach
    void close() {
        if (database != null) {
            database.close();
        }
    }

    @Test
    void a_refusal_inside_a_transaction_undoes_all_of_it() {
        assertThatThrownBy(() -> database.change(tx -> {
                    set(tx, 7);
                    throw new Problem.Refused("TEST", "Trying", "this is a test.", "Nothing.").exception();
                }))
                .isInstanceOf(ProblemException.class);

        assertThat(count()).isZero();
    }

    @Test
    void a_write_is_there_after_closing_and_opening_again() {
        database.change(tx -> set(tx, 42));

        database.close();
        database = place.open();

        assertThat(count()).isEqualTo(42);
    }

    @Test
    void writers_that_race_lose_no_update() throws Exception {
        int writers = 8;
        int each = 10;

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> done = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                done.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        database.change(tx -> set(tx, get(tx) + 1));
                    }
                }));
            }
            for (Future<?> writer : done) {
                writer.get();
            }
        }

        assertThat(count()).isEqualTo((long) writers * each);
    }

    @Test
    void writing_in_a_read_fails_and_changes_nothing() {
        assertThatThrownBy(() -> database.read(tx -> {
                    set(tx, 9);
                    return Boolean.TRUE;
                }))
                .isInstanceOf(RuntimeException.class);

        assertThat(count()).isZero();
    }

    @Test
    void a_write_after_a_failed_read_works() {
        assertThatThrownBy(() -> database.read(tx -> {
                    throw new IllegalStateException("in the middle");
                }))
                .isInstanceOf(IllegalStateException.class);

        database.change(tx -> set(tx, 3));

        assertThat(count()).isEqualTo(3);
    }

    @Test
    void what_waits_for_the_commit_runs_once_and_sees_the_change() {
        List<Long> seen = new ArrayList<>();
        AtomicInteger runs = new AtomicInteger();

        database.change(tx -> {
            set(tx, 5);
            tx.afterCommit(() -> {
                runs.incrementAndGet();
                seen.add(5L);
            });
            assertThat(runs).hasValue(0);
        });

        assertThat(runs).hasValue(1);
        assertThat(seen).containsExactly(count());
    }

    @Test
    void what_waits_for_the_commit_does_not_run_after_a_rollback() {
        AtomicInteger runs = new AtomicInteger();

        assertThatThrownBy(() -> database.change(tx -> {
                    tx.afterCommit(runs::incrementAndGet);
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class);
        database.change(tx -> set(tx, 1));

        assertThat(runs).hasValue(0);
    }

    private long count() {
        return database.read(DatabaseContract::get);
    }

    private static long get(Tx tx) {
        return tx.handle()
                .createQuery("SELECT n FROM counter WHERE id = 1")
                .mapTo(Long.class)
                .one();
    }

    private static void set(Tx tx, long n) {
        tx.handle().execute("UPDATE counter SET n = ? WHERE id = 1", n);
    }
}
