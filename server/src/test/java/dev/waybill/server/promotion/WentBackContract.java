package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.MarkView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.artifact.SqlDecisionAudit;
import dev.waybill.server.artifact.SqlPermits;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.history.OutcomeAudit;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.release.Release;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a slot when an agent went back while the server was away, on each database. */
abstract class WentBackContract {
    private static final ReleaseId FIRST = new ReleaseId(Shop.STAGING, 1);

    @TempDir
    Path data;

    Database database;
    Shop shop;
    Digest one;
    Digest two;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        database = place().open();
        shop = new Shop(database, data);
        shop.pipeline("[{\"staging\": {\"tests\": [\"unit\"]}}, {\"production\": {}}]");
        shop.enrol();
        shop.set(Shop.STAGING, "DATABASE_URL", "jdbc:x");
        one = tested(1);
        two = tested(2);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_slot_follows_a_release_that_was_healthy_and_that_nobody_vetoes() {
        shop.inStaging(one);
        shop.inStaging(two);

        Signed report = back();

        assertThat(newest().says().cause()).isEqualTo(ReleaseMade.Cause.OFFLINE_ROLLBACK);
        assertThat(newest().says().rollbackTo()).isEqualTo(1);
        assertThat(newest().outcome()).isEqualTo(Release.Outcome.SUCCEEDED);
        List<Entry> following = database.read(tx -> shop.ledger.about(tx, report.id(), PredicateTypes.RELEASE));
        assertThat(following).hasSize(1);
        assertThat(holds()).isEmpty();
    }

    @Test
    void vetoed_bytes_come_back_to_no_other_target() {
        shop.inStaging(one);
        shop.inStaging(two);
        shop.mark(Mark.Kind.VETO, one, null);

        Signed report = back();

        assertThat(newest().id()).isEqualTo(new ReleaseId(Shop.STAGING, 2));
        assertThat(holds()).singleElement().asString().contains("no-veto", "Because of a bug.", "staging/shop#1");
        Optional<Entry> kept = database.read(tx -> shop.ledger.find(tx, report.id()));
        assertThat(kept).isPresent();
    }

    @Test
    void a_host_that_was_away_does_not_take_the_others_back_past_a_newer_release() {
        second();
        everywhere(shop.promote(one, Shop.STAGING, Shop.OPERATOR), one);
        everywhere(shop.promote(two, Shop.STAGING, Shop.OPERATOR), two);
        Digest three = tested(3);
        PromotionView newer = shop.promote(three, Shop.STAGING, Shop.OPERATOR);
        on("second", newer, three);

        shop.target = "main";
        back();

        assertThat(newest().id()).isEqualTo(new ReleaseId(Shop.STAGING, 3));
        assertThat(holds()).singleElement().asString().contains("staging/shop#3 came meanwhile", "host/main");
        assertThat(shop.look(newer.id()).state()).isEqualTo("deploying");
        on("main", newer, three);
        assertThat(shop.look(newer.id()).state()).isEqualTo("succeeded");
    }

    @Test
    void a_report_is_no_witness_that_what_it_brought_back_was_healthy() {
        shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        shop.inStaging(two);

        back();
        shop.follow();

        assertThat(newest().id()).isEqualTo(new ReleaseId(Shop.STAGING, 2));
        assertThat(holds()).singleElement().asString().contains("never seen running");
    }

    @Test
    void what_waits_or_deploys_gives_way_and_the_other_target_is_told_to_follow() {
        second();
        everywhere(shop.promote(one, Shop.STAGING, Shop.OPERATOR), one);
        PromotionView open = shop.promote(two, Shop.STAGING, Shop.OPERATOR);
        on("main", open, two);

        back();

        assertThat(shop.look(open.id()).next()).isEqualTo("Superseded by staging/shop#3.");
        assertThat(newest().outcome()).isEqualTo(Release.Outcome.DEPLOYING);
        shop.target = "second";
        shop.deployed(newest().id(), one, Deployment.Outcome.SUCCEEDED);
        assertThat(newest().outcome()).isEqualTo(Release.Outcome.SUCCEEDED);
    }

    @Test
    void what_was_refused_under_a_number_not_given_yet_says_nothing_of_the_release_that_gets_it() {
        shop.inStaging(one);
        shop.deployed(new ReleaseId(Shop.STAGING, 2), two, Deployment.Outcome.FAILED);
        shop.inStaging(two);

        assertThat(newest().outcome()).isEqualTo(Release.Outcome.SUCCEEDED);
        assertThat(database.<List<Finding>>read(tx -> new OutcomeAudit().check(tx, shop.ledger)))
                .isEmpty();
    }

    @Test
    void a_row_that_says_less_of_a_release_than_its_targets_did_is_found() {
        second();
        PromotionView there = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        on("main", there, one);
        assertThat(outcomes()).isEmpty();
        on("second", there, one);
        assertThat(outcomes()).isEmpty();

        for (Release.Outcome less :
                List.of(Release.Outcome.NONE, Release.Outcome.DEPLOYING, Release.Outcome.SUPERSEDED)) {
            database.change(tx -> shop.room.releases().outcome(tx, FIRST, less));
            assertThat(outcomes()).extracting(Finding::code).containsExactly("ROW_DIFFERS");
        }
    }

    @Test
    void a_promotion_that_waits_for_what_was_reported_is_found() {
        PromotionView there = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        String deploying = body(there);
        on("main", there, one);
        assertThat(promotions()).isEmpty();

        database.change(tx -> tx.handle()
                .execute("UPDATE promotion SET state = 'deploying', body = ? WHERE id = ?", deploying, there.id()));

        assertThat(promotions()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("ROW_DIFFERS");
            assertThat(finding.what()).contains("host/main");
        });
    }

    private String body(PromotionView promotion) {
        return database.read(tx -> tx.handle()
                .createQuery("SELECT body FROM promotion WHERE id = :id")
                .bind("id", promotion.id())
                .mapTo(String.class)
                .one());
    }

    private List<Finding> outcomes() {
        return database.read(tx -> new OutcomeAudit().check(tx, shop.ledger));
    }

    private List<Finding> promotions() {
        return database.read(tx -> new PromotionAudit().check(tx, shop.ledger));
    }

    @Test
    void going_back_in_vain_holds_the_slot_and_says_how_it_ended() {
        shop.inStaging(one);
        shop.inStaging(two);

        shop.deployed(FIRST, one, Deployment.Outcome.DOWN, true);

        assertThat(newest().id()).isEqualTo(new ReleaseId(Shop.STAGING, 2));
        assertThat(holds()).singleElement().asString().contains("tried to bring", "ended down", "It did not answer.");
    }

    @Test
    void a_second_target_that_went_back_too_changes_nothing() {
        second();
        everywhere(shop.promote(one, Shop.STAGING, Shop.OPERATOR), one);
        everywhere(shop.promote(two, Shop.STAGING, Shop.OPERATOR), two);

        shop.target = "main";
        back();
        shop.target = "second";
        back();

        assertThat(newest().id()).isEqualTo(new ReleaseId(Shop.STAGING, 3));
        assertThat(holds()).isEmpty();
    }

    @Test
    void a_release_that_another_superseded_succeeds_only_where_every_target_had_it() {
        second();
        PromotionView older = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        shop.promote(two, Shop.STAGING, Shop.OPERATOR);

        on("main", older, one);

        assertThat(outcome(FIRST)).isEqualTo(Release.Outcome.SUPERSEDED);
        on("second", older, one);
        assertThat(outcome(FIRST)).isEqualTo(Release.Outcome.SUCCEEDED);
    }

    @Test
    void the_end_of_one_veto_lets_nobody_pull_what_another_veto_forbids() {
        shop.inStaging(one);
        shop.inStaging(two);
        shop.mark(Mark.Kind.VETO, one, null);
        shop.mark(Mark.Kind.VETO, one, Shop.STAGING);

        endVeto(Shop.STAGING);
        assertThat(mayPull(one)).isFalse();

        endVeto(null);
        assertThat(mayPull(one)).isTrue();
    }

    @Test
    void vetoed_bytes_may_be_pulled_while_they_run_and_no_longer() {
        shop.inStaging(one);
        shop.mark(Mark.Kind.VETO, one, null);
        assertThat(mayPull(one)).isTrue();

        shop.inStaging(two);

        assertThat(mayPull(one)).isFalse();
    }

    @Test
    void vetoed_bytes_may_be_pulled_where_the_next_release_failed_and_they_run_on() {
        shop.inStaging(one);
        PromotionView failing = shop.promote(two, Shop.STAGING, Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(failing.release()), two, Deployment.Outcome.RETURNED);

        shop.mark(Mark.Kind.VETO, one, null);

        assertThat(newest().says().artifact()).isEqualTo(two);
        assertThat(mayPull(one)).isTrue();
        assertThat(audit()).isEmpty();
    }

    @Test
    void vetoed_bytes_may_be_pulled_until_the_next_release_has_taken_their_place() {
        shop.inStaging(one);
        shop.mark(Mark.Kind.VETO, one, null);
        PromotionView next = shop.promote(two, Shop.STAGING, Shop.OPERATOR);
        assertThat(mayPull(one)).isTrue();

        shop.deployed(Objects.requireNonNull(next.release()), two, Deployment.Outcome.SUCCEEDED);

        assertThat(mayPull(one)).isFalse();
        assertThat(audit()).isEmpty();
    }

    @Test
    void bytes_that_failed_may_be_pulled_no_more_once_another_release_took_their_place() {
        shop.inStaging(one);
        PromotionView failing = shop.promote(two, Shop.STAGING, Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(failing.release()), two, Deployment.Outcome.FAILED);
        shop.mark(Mark.Kind.VETO, two, null);

        Digest three = tested(3);
        shop.inStaging(three);

        assertThat(mayPull(two)).isFalse();
        assertThat(mayPull(three)).isTrue();
        assertThat(audit()).isEmpty();
    }

    private List<Finding> audit() {
        return database.read(tx -> new SqlDecisionAudit(shop.room.releases().lookup()).check(tx, shop.ledger));
    }

    private void endVeto(@Nullable Slot slot) {
        shop.room.mark(new MarkRequest(Mark.Kind.VETO, true, slot, one.toString(), "Settled."), Shop.OPERATOR.name());
    }

    private boolean mayPull(Digest digest) {
        return database.<Boolean>read(tx -> new SqlPermits().isPermitted(tx, Shop.STAGING, digest));
    }

    private Digest tested(int number) {
        Digest digest = shop.register(number);
        shop.test(digest, TestResult.Result.PASSED);
        return digest;
    }

    private void second() {
        database.change(tx -> shop.room.targets().add(tx, Shop.STAGING, new AgentName("host"), "second"));
    }

    private void everywhere(PromotionView promotion, Digest digest) {
        on("main", promotion, digest);
        on("second", promotion, digest);
    }

    private void on(String target, PromotionView promotion, Digest digest) {
        shop.target = target;
        shop.deployed(Objects.requireNonNull(promotion.release()), digest, Deployment.Outcome.SUCCEEDED);
        shop.target = "main";
    }

    private Signed back() {
        return shop.deployed(FIRST, one, Deployment.Outcome.SUCCEEDED, true);
    }

    private Release newest() {
        return database.read(tx -> shop.room.releases().approved(tx, Shop.STAGING))
                .orElseThrow();
    }

    private Release.Outcome outcome(ReleaseId id) {
        return database.read(tx -> shop.room.releases().require(tx, id)).outcome();
    }

    private List<String> holds() {
        return database.read(tx -> shop.room.marks().of(tx, Shop.NAME)).stream()
                .filter(m -> m.kind() == Mark.Kind.HOLD)
                .map(MarkView::reason)
                .toList();
    }
}
