package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Label;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.db.SqliteDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large ledger is read after a start: meanwhile gates say so, and nobody else waits for it. */
@Tag("long")
class LedgerReadingTest {
    /** More than a gate reads by itself. */
    private static final int MANY = 2_500;

    @TempDir
    Path data;

    private PausedDatabase database;
    private Shop shop;
    private Digest one;

    @BeforeEach
    void a_server_starts_with_a_large_ledger() {
        database = new PausedDatabase(SqliteDatabase.open(data.resolve("waybill.sqlite")));
        Shop before = new Shop(database, data);
        before.pipeline("[{\"staging\": {\"tests\": [\"unit\"]}}]");
        before.enrol();
        before.set(Shop.STAGING, "DATABASE_URL", "a database");
        one = before.register(1);
        before.test(one, TestResult.Result.PASSED);
        List<Signed> many = new ArrayList<>();
        for (int n = 0; n < MANY; n++) {
            many.add(before.ledger
                    .keys()
                    .record()
                    .sign(Statement.of(
                            new Label(
                                    Shop.NAME,
                                    new Version("1.0." + n),
                                    "set",
                                    null,
                                    Shop.OPERATOR.name(),
                                    before.time.instant()),
                            Subject.of("artifact", Digest.sha256(new byte[] {7})))));
        }
        database.change(tx -> many.forEach(signed -> before.ledger.append(tx, signed)));
        shop = new Shop(database, data);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void promotions_are_answered_and_the_database_serves_others_while_the_ledger_is_read() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch paused = database.pauseAtRead(3, goOn);
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                Future<?> reading = many.submit(() -> shop.room.follower().readAhead());
                assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();
                List<Future<?>> promotions = new ArrayList<>();
                for (int n = 0; n < 5; n++) {
                    promotions.add(many.submit(
                            () -> assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR))
                                    .hasMessageContaining("LEDGER_BEING_READ")));
                }
                Future<Long> other = many.submit(() -> database.read(shop.ledger::size));

                assertThat(other.get(20, TimeUnit.SECONDS)).isGreaterThan(MANY);
                for (Future<?> promotion : promotions) {
                    promotion.get(20, TimeUnit.SECONDS);
                }
                goOn.countDown();
                reading.get(20, TimeUnit.SECONDS);
            } finally {
                // Before the threads are waited for.
                goOn.countDown();
            }
        }
        assertThat(shop.promote(one, Shop.STAGING, Shop.OPERATOR).release()).isNotNull();
    }

    @Test
    void no_transaction_reads_the_whole_ledger() {
        long before = database.reads();
        shop.room.follower().readAhead();

        assertThat(database.reads() - before).isGreaterThan(MANY / 500);
    }

    @Test
    void a_damaged_ledger_is_not_read_again_for_every_gate() {
        database.change(tx -> tx.handle()
                .execute("UPDATE ledger_statement SET signature = x'00' WHERE sha256 ="
                        + " (SELECT statement_sha256 FROM ledger_entry WHERE idx = 2400)"));
        shop.room.follower().readAhead();
        long before = database.reads();
        shop.room.follower().readAhead();

        assertThat(database.reads() - before).isEqualTo(1);
        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR)).hasMessageContaining("LEDGER_DAMAGED");
        shop.register(2);
        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR)).hasMessageContaining("LEDGER_DAMAGED");
    }

    @Test
    void a_small_damaged_ledger_is_read_again_when_it_has_grown() {
        shop.room.follower().readAhead();
        Digest two = shop.register(2);
        Signed test = shop.test(two, TestResult.Result.PASSED);
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_statement SET signature = x'00' WHERE sha256 = ?",
                        test.id().hex()));
        shop.room.follower().readAhead();
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_statement SET signature = ? WHERE sha256 = ?",
                        test.signature(),
                        test.id().hex()));
        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR)).hasMessageContaining("LEDGER_DAMAGED");

        shop.register(3);

        assertThat(shop.promote(one, Shop.STAGING, Shop.OPERATOR).release()).isNotNull();
    }
}
