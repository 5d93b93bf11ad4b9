package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.server.db.SqliteDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody rolls back while somebody else promotes: each gets an answer that is true. */
class RollbackRaceTest {
    @TempDir
    Path data;

    private MeanwhileDatabase database;
    private Shop shop;
    private Digest three;

    @BeforeEach
    void two_releases_ran_in_staging() {
        database = new MeanwhileDatabase(SqliteDatabase.open(data.resolve("waybill.sqlite")));
        shop = new Shop(database, data);
        shop.pipeline("[{\"staging\": {\"tests\": [\"unit\"]}}]");
        shop.enrol();
        shop.set(Shop.STAGING, "DATABASE_URL", "a database");
        for (int number = 1; number <= 2; number++) {
            shop.inStaging(tested(number));
        }
        three = tested(3);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Digest tested(int number) {
        Digest digest = shop.register(number);
        shop.test(digest, TestResult.Result.PASSED);
        return digest;
    }

    private PromotionStore.Row rollBack() {
        return shop.room.promotions().rollback(Shop.STAGING, 1L, "Two is slow.", Shop.OPERATOR);
    }

    private ReleaseId broughtBack(PromotionStore.Row row) {
        return database.read(tx -> shop.room.promotions().broughtBack(tx, row)).id();
    }

    @Test
    void a_rollback_that_a_promotion_overtook_before_it_was_judged_says_so() {
        database.after(1, () -> shop.promote(three, Shop.STAGING, Shop.OPERATOR));

        PromotionStore.Row row = rollBack();

        assertThat(row.promotion()).isInstanceOf(Promotion.Superseded.class);
        assertThatThrownBy(() -> broughtBack(row))
                .hasMessageContaining("ROLLBACK_SUPERSEDED")
                .hasMessageContaining("Superseded by promotion");
    }

    @Test
    void a_rollback_that_was_superseded_after_it_made_its_release_answers_that_release() {
        PromotionStore.Row made = rollBack();
        shop.promote(three, Shop.STAGING, Shop.OPERATOR);

        PromotionStore.Row row = shop.room.promotions().require(made.id());

        assertThat(row.promotion()).isInstanceOf(Promotion.Superseded.class);
        assertThat(broughtBack(row)).isEqualTo(new ReleaseId(Shop.STAGING, 3)).isEqualTo(broughtBack(made));
    }
}
