package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server dies at every write on the way to a release and to its end, and goes on when it starts again. */
class CrashTest {
    @TempDir
    Path data;

    @ParameterizedTest
    @EnumSource(FaultyDatabase.When.class)
    void a_promotion_survives_a_crash_at_every_write(FaultyDatabase.When when) {
        for (int write = 1; ; write++) {
            Path home = data.resolve("promote-" + write);
            assertThat(home.toFile().mkdirs()).isTrue();
            FaultyDatabase database =
                    new FaultyDatabase(TestDatabases.sqlite(home).open());
            Shop shop = ready(database, home);
            Digest one = shop.register(1);
            shop.test(one, TestResult.Result.PASSED);

            database.dieAt(write, when);
            boolean died = dies(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR));
            database.live();

            Shop again = new Shop(database, home);
            again.follow();
            PromotionView after = again.promote(one, Shop.STAGING, Shop.OPERATOR);
            assertThat(after.release()).as("write %s", write).isEqualTo(new ReleaseId(Shop.STAGING, 1));
            assertThat(count(again, one, PredicateTypes.RELEASE)).isEqualTo(1);
            assertThat(count(again, one, PredicateTypes.VERIFICATION_SUMMARY)).isEqualTo(1);
            assertThat(again.room.list(Shop.STAGING, false, 10)).hasSize(1);
            database.close();
            if (!died) {
                assertThat(write).isGreaterThan(2);
                return;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FaultyDatabase.When.class)
    void a_report_is_applied_once_whenever_the_server_dies(FaultyDatabase.When when) {
        for (int write = 1; ; write++) {
            Path home = data.resolve("report-" + write);
            assertThat(home.toFile().mkdirs()).isTrue();
            FaultyDatabase database =
                    new FaultyDatabase(TestDatabases.sqlite(home).open());
            Shop shop = ready(database, home);
            Digest one = shop.register(1);
            shop.test(one, TestResult.Result.PASSED);
            PromotionView there = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
            shop.follow();

            database.dieAt(write, when);
            boolean died = dies(() -> shop.deployed(new ReleaseId(Shop.STAGING, 1), one, Deployment.Outcome.RETURNED));
            database.live();

            Shop again = new Shop(database, home);
            again.follow();
            again.follow();
            boolean reported = count(again, one, PredicateTypes.DEPLOYMENT) == 1;
            assertThat(again.look(there.id()).state()).isEqualTo(reported ? "returned" : "deploying");
            assertThat(marks(again)).as("write %s", write).isEqualTo(reported ? 1 : 0);
            database.close();
            if (!died) {
                assertThat(write).isGreaterThan(2);
                return;
            }
        }
    }

    @Test
    void the_follower_in_its_own_thread_brings_what_waits_to_its_release_and_stops() throws Exception {
        FaultyDatabase database = new FaultyDatabase(TestDatabases.sqlite(data).open());
        Shop shop = ready(database, data);
        Digest one = shop.register(1);
        shop.test(one, TestResult.Result.PASSED);
        database.dieAt(2, FaultyDatabase.When.BEFORE);
        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR))
                .isInstanceOf(FaultyDatabase.Died.class);
        database.live();

        Shop again = new Shop(database, data);
        try (Follower follower = again.room.follower()) {
            follower.start();
            long size = 0;
            while (count(again, one, PredicateTypes.RELEASE) == 0) {
                size = again.ledger.awaitGrowth(size, java.time.Duration.ofSeconds(30));
            }
        }

        List<PromotionView> all = again.room.list(Shop.STAGING, false, 10);
        assertThat(all).singleElement().satisfies(p -> assertThat(p.state()).isEqualTo("deploying"));
        database.close();
    }

    private static Shop ready(FaultyDatabase database, Path home) {
        Shop shop = new Shop(database, home);
        shop.pipeline("[{\"staging\": {\"tests\": [\"unit\"]}}, \"production\"]");
        shop.enrol();
        shop.set(Shop.STAGING, "DATABASE_URL", "x");
        return shop;
    }

    private static boolean dies(Runnable action) {
        try {
            action.run();
            return false;
        } catch (FaultyDatabase.Died e) {
            return true;
        }
    }

    private static int count(Shop shop, Digest subject, String type) {
        return shop.database.read(tx -> shop.ledger.about(tx, subject, type).size());
    }

    private static int marks(Shop shop) {
        return shop.database.read(tx -> shop.room.marks().of(tx, Shop.NAME).size());
    }
}
