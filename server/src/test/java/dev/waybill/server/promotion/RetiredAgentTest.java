package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.ledger.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of promotions when an agent that they wait for is retired. */
class RetiredAgentTest {
    @TempDir
    Path data;

    private Database database;
    private Shop shop;

    @BeforeEach
    void open() {
        database = TestDatabases.sqlite(data).open();
        shop = new Shop(database, data);
        shop.pipeline("[\"staging\", \"production\"]");
        shop.set(Shop.STAGING, "DATABASE_URL", "jdbc:shop");
        shop.set(Shop.PRODUCTION, "DATABASE_URL", "jdbc:shop");
        shop.enrol();
    }

    @AfterEach
    void close() {
        shop.ledger.close();
        database.close();
    }

    private List<Finding> findings() {
        return database.read(tx -> new PromotionAudit().check(tx, shop.ledger));
    }

    @Test
    void a_release_that_waited_for_the_only_agent_waits_for_the_next_one() {
        Digest digest = shop.register(1);
        PromotionView there = shop.promote(digest, Shop.STAGING, Shop.OPERATOR);
        assertThat(shop.look(there.id()).state()).isEqualTo("deploying");

        shop.retire();

        assertThat(shop.look(there.id()).state()).isEqualTo("passed");
        assertThat(findings()).isEmpty();
        shop.follow();
        assertThat(shop.look(there.id()).state()).as("following again").isEqualTo("passed");
    }

    @Test
    void a_release_that_every_other_target_carried_is_deployed() {
        database.change(tx -> shop.room.targets().add(tx, Shop.STAGING, new AgentName("host"), "second"));
        Digest digest = shop.register(1);
        PromotionView there = shop.promote(digest, Shop.STAGING, Shop.OPERATOR);
        shop.target = "second";
        shop.deployed(Objects.requireNonNull(there.release()), digest, Deployment.Outcome.SUCCEEDED);
        assertThat(shop.look(there.id()).state()).isEqualTo("deploying");

        shop.retire();

        assertThat(shop.look(there.id()).state()).isEqualTo("succeeded");
        assertThat(findings()).isEmpty();
    }

    @Test
    void what_a_retired_agent_saw_in_staging_opens_production_to_nobody() {
        Digest digest = shop.register(1);
        shop.inStaging(digest);
        shop.retire();

        PromotionView next = shop.promote(digest, Shop.PRODUCTION, Shop.OPERATOR);

        assertThat(next.state()).isEqualTo("refused");
        assertThat(next.next()).contains("has no target");
    }
}
