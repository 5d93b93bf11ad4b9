package dev.waybill.server.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Works that come together may share a commit, but neither a refusal nor a failure. */
    @Test
    void works_that_come_together_fail_alone_and_ring_only_when_they_stand() throws Exception {
        int all = 300;
        AtomicInteger rung = new AtomicInteger();
        List<Future<Boolean>> done = new ArrayList<>();

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < all; i++) {
                int number = i;
                done.add(threads.submit(() -> stands(number, rung)));
            }
        }

        int standing = 0;
        for (Future<Boolean> work : done) {
            standing += work.get() ? 1 : 0;
        }
        assertThat(standing).isEqualTo(all / 3);
        assertThat(count()).isEqualTo(standing);
        assertThat(rung).hasValue(standing);
    }

    /** Each third is refused, each third breaks a rule of the database. */
    private boolean stands(int number, AtomicInteger rung) {
        try {
            database.change(tx -> {
                set(tx, get(tx) + 1);
                tx.afterCommit(rung::incrementAndGet);
                if (number % 3 == 1) {
                    throw new Problem.Refused("TEST", "Trying", "this is a test.", "Nothing.").exception();
                }
                if (number % 3 == 2) {
                    tx.handle().execute("INSERT INTO counter (id, n) VALUES (1, 0)");
                }
            });
            return true;
        } catch (ProblemException e) {
            assertThat(number % 3).isEqualTo(1);
            return false;
        } catch (UncheckedIOException e) {
            assertThat(number % 3).isEqualTo(2);
            return false;
        }
    }

    @Test
    void what_is_remembered_is_forgotten_before_a_writer_is_answered() {
        AtomicInteger asked = new AtomicInteger();
        Remembered<String, Long> remembered = new Remembered<>(database, 10);

        for (long n = 1; n <= 3; n++) {
            long now = n;
            database.change(tx -> set(tx, now));
            for (int i = 0; i < 5; i++) {
                assertThat(remembered.get("counter", () -> {
                            asked.incrementAndGet();
                            return Optional.of(count());
                        }))
                        .contains(n);
            }
        }

        assertThat(asked).hasValue(3);
    }

    @Test
    void what_is_not_there_is_asked_for_each_time_and_no_more_is_kept_than_was_said() {
        AtomicInteger asked = new AtomicInteger();
        Remembered<Integer, Integer> remembered = new Remembered<>(database, 2);

        for (int i = 0; i < 4; i++) {
            int key = i % 2;
            remembered.get(-1, () -> {
                asked.incrementAndGet();
                return Optional.empty();
            });
            assertThat(remembered.get(key, () -> Optional.of(key))).contains(key);
        }
        assertThat(asked).hasValue(4);
        remembered.get(7, () -> Optional.of(7));

        assertThat(remembered.get(0, () -> Optional.of(99))).contains(99);
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
