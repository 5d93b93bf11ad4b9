package dev.waybill.server.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.api.promotion.RollbackRequest;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Request;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.artifact.SqlKeeps;
import dev.waybill.server.artifact.SqlPermits;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Role;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.ReleaseAudit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From request to release and back, on each database, with signed statements and a real ledger. */
abstract class PromotionContract {
    private static final String PIPELINE =
            "[{\"staging\": {\"tests\": [\"unit\"]}}, {\"production\": {\"tests\": [\"unit\"], \"approvals\": 1}}]";
    private static final String SECRET = "correct-horse-battery-staple";

    @TempDir
    Path data;

    Database database;
    Shop shop;
    Digest one;

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        database = place().open();
        shop = new Shop(database, data);
        shop.pipeline(PIPELINE);
        shop.enrol();
        shop.set(Shop.STAGING, "DATABASE_URL", SECRET);
        shop.set(Shop.PRODUCTION, "DATABASE_URL", SECRET);
        one = shop.register(1);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_vetoed_after_it_was_deployed_is_refused_when_it_is_asked_for_again() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.mark(Mark.Kind.VETO, one, null);

        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("staging/shop#1")
                .hasMessageContaining("Because of a bug.")
                .extracting(e -> ((ProblemException) e).problem().code())
                .isEqualTo("ARTIFACT_VETOED");
    }

    @Test
    void an_artifact_travels_to_production_and_every_step_is_a_verified_statement() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        PromotionView waiting = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);
        assertThat(waiting.state()).isEqualTo("waiting");

        PromotionView passed = shop.approve(waiting, Shop.WRITER);
        ReleaseId release = new ReleaseId(Shop.PRODUCTION, 1);

        assertThat(passed.release()).isEqualTo(release);
        assertThat(passed.state()).isEqualTo("deploying");
        shop.deployed(release, one, Deployment.Outcome.SUCCEEDED);
        assertThat(shop.look(passed.id()).state()).isEqualTo("succeeded");

        VerificationSummary said = summary(passed);
        assertThat(said.verificationResult()).isEqualTo(VerificationSummary.Result.PASSED);
        assertThat(said.resourceUri())
                .isEqualTo(VerificationSummary.resourceUri(shop.ledger.keys().origin(), Shop.PRODUCTION));
        assertThat(said.promotion()).isEqualTo(passed.id());
        assertThat(said.configurationVersion()).isEqualTo(1);
        assertThat(said.policy().digest().get("sha256"))
                .isEqualTo(database.read(tx -> shop.pipelines.require(tx, Shop.NAME))
                        .policy()
                        .hex());
        Verifier verifier = new Verifier(database.read(shop.ledger.register()::trustRoot));
        Digest id = Objects.requireNonNull(passed.summary());
        Signed signed =
                database.read(tx -> shop.ledger.find(tx, id)).map(Entry::signed).orElseThrow();
        long index =
                database.read(tx -> shop.ledger.find(tx, id)).map(Entry::index).orElseThrow();
        assertThat(verifier.authenticate(
                                signed,
                                index,
                                Question.about(one, PredicateTypes.VERIFICATION_SUMMARY)
                                        .in(Shop.PRODUCTION))
                        .id())
                .isEqualTo(id);
        assertThat(database.<Boolean>read(tx -> new SqlPermits().isPermitted(tx, Shop.PRODUCTION, one)))
                .isTrue();
        assertThat(database.<Boolean>read(tx -> new SqlKeeps().isKept(tx, one))).isTrue();
    }

    @Test
    void the_first_digits_of_an_id_are_enough_as_long_as_they_mean_one_promotion() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        PromotionView waiting = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);

        assertThat(shop.look(waiting.id().substring(0, 8)).id()).isEqualTo(waiting.id());
        assertThatThrownBy(() -> shop.look(waiting.id().substring(0, 5))).hasMessageStartingWith("PROMOTION_UNKNOWN");
        assertThatThrownBy(() -> shop.look("______")).hasMessageStartingWith("PROMOTION_UNKNOWN");
        PromotionView passed = shop.room.decide(
                waiting.id().substring(0, 6),
                new ApprovalRequest(Approval.Decision.APPROVED, null, waiting.covers()),
                Shop.WRITER);
        assertThat(passed.id()).isEqualTo(waiting.id());
    }

    @Test
    void digits_with_which_several_ids_begin_mean_none_of_them() {
        for (String id : List.of("abcdef0000000001", "abcdef0000000002")) {
            Request request = new Request(id, Shop.STAGING, one, Shop.OPERATOR.name(), List.of(), shop.time.instant());
            database.write(tx -> new SqlPromotionStore().insert(tx, Promotion.request(request)));
        }

        assertThatThrownBy(() -> shop.look("abcdef"))
                .hasMessageStartingWith("PROMOTION_AMBIGUOUS")
                .hasMessageContaining(
                        "2 promotions begin so: abcdef0000000002 (" + one.shortHex() + " to staging/shop, ")
                .hasMessageContaining("abcdef0000000001");
        assertThat(shop.look("abcdef0000000002").id()).isEqualTo("abcdef0000000002");
    }

    @Test
    void digits_mean_none_of_those_that_the_caller_may_not_read() {
        for (Slot slot : List.of(Shop.STAGING, Shop.PRODUCTION)) {
            String id = "abcdef000000000" + slot.environment().value().length();
            Request request = new Request(id, slot, one, Shop.OPERATOR.name(), List.of(), shop.time.instant());
            database.write(tx -> new SqlPromotionStore().insert(tx, Promotion.request(request)));
        }

        assertThat(shop.room
                        .promotions()
                        .require("abcdef", Shop.STAGING::equals)
                        .slot())
                .isEqualTo(Shop.STAGING);
        assertThatThrownBy(() -> shop.room.promotions().require("abcdef", slot -> false))
                .hasMessageStartingWith("PROMOTION_UNKNOWN");
    }

    @Test
    void skipping_staging_is_refused_and_the_refusal_is_logged() {
        shop.test(one, TestResult.Result.PASSED);

        PromotionView refused = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);

        assertThat(refused.state()).isEqualTo("refused");
        assertThat(summary(refused).verificationResult()).isEqualTo(VerificationSummary.Result.FAILED);
        assertThat(summary(refused).verifiedLevels()).containsExactly("FAILED");
        Optional<Release> none = database.read(tx -> shop.room.releases().approved(tx, Shop.PRODUCTION));
        assertThat(none).isEmpty();
        assertThat(database.<Boolean>read(tx -> new SqlPermits().isPermitted(tx, Shop.PRODUCTION, one)))
                .isFalse();
    }

    @Test
    void no_tests_failed_tests_and_tests_of_other_bytes_let_nothing_through() {
        Digest other = shop.register(2);
        shop.test(other, TestResult.Result.PASSED);
        assertThat(shop.promote(one, Shop.STAGING, Shop.OPERATOR).state()).isEqualTo("refused");

        shop.test(one, TestResult.Result.PASSED);
        shop.test(one, TestResult.Result.FAILED);

        assertThat(shop.promote(one, Shop.STAGING, Shop.OPERATOR).state()).isEqualTo("refused");
    }

    @Test
    void deployed_but_not_seen_running_in_staging_is_not_enough() {
        shop.test(one, TestResult.Result.PASSED);
        shop.promote(one, Shop.STAGING, Shop.OPERATOR);

        assertThat(shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR).state()).isEqualTo("refused");
    }

    @Test
    void requester_and_author_may_not_approve() {
        PromotionView waiting = waitingForApproval();

        refused("APPROVER_IS_REQUESTER", () -> shop.approve(waiting, Shop.OPERATOR));
        refused("APPROVER_IS_AUTHOR", () -> shop.approve(waiting, Shop.person("dan", Role.APPROVER)));
        Actor mask = new Actor(new dev.waybill.core.name.ActorName("ally"), Shop.OPERATOR.emails(), List.of());
        refused("APPROVER_IS_REQUESTER", () -> shop.approve(waiting, mask));
        assertThat(shop.room.whyNotApprove(waiting.id(), mask).orElseThrow().code())
                .isEqualTo("APPROVER_IS_REQUESTER");
        assertThat(shop.room.whyNotApprove(waiting.id(), Shop.WRITER)).isEmpty();
        assertThat(shop.look(waiting.id()).state()).isEqualTo("waiting");
    }

    @Test
    void an_approval_of_what_was_seen_before_a_change_is_refused_and_one_given_before_it_is_void() {
        shop.pipeline(PIPELINE.replace("\"approvals\": 1", "\"approvals\": 2"));
        PromotionView waiting = waitingForApproval();
        PromotionView half = shop.approve(waiting, Shop.WRITER);
        assertThat(half.approvals())
                .singleElement()
                .satisfies(a -> assertThat(a.note()).isNull());

        shop.set(Shop.PRODUCTION, "DATABASE_URL", "another");

        refused("APPROVAL_STALE", () -> shop.approve(waiting, Shop.SECOND_APPROVER));
        PromotionView now = shop.look(waiting.id());
        assertThat(now.configurationVersion()).isEqualTo(2);
        PromotionView again = shop.approve(now, Shop.SECOND_APPROVER);
        assertThat(again.state()).isEqualTo("waiting");
        assertThat(again.approvals())
                .filteredOn(a -> a.by().equals(Shop.WRITER.name()))
                .allSatisfy(a -> assertThat(a.counts()).isFalse());
        assertThat(shop.approve(again, Shop.WRITER).release()).isNotNull();
    }

    @Test
    void bytes_that_were_taken_out_of_the_registry_are_not_promoted() {
        shop.test(one, TestResult.Result.PASSED);
        shop.takeOut(one);

        refused("ARTIFACT_GONE", () -> shop.promote(one, Shop.STAGING, Shop.OPERATOR));
        assertThat(database.<Boolean>read(tx -> new SqlKeeps().isKept(tx, one))).isFalse();
    }

    @Test
    void one_person_decides_once() {
        shop.pipeline(PIPELINE.replace("\"approvals\": 1", "\"approvals\": 2"));
        PromotionView waiting = waitingForApproval();
        PromotionView half = shop.approve(waiting, Shop.WRITER);

        refused("ALREADY_DECIDED", () -> shop.approve(half, Shop.WRITER));
    }

    @Test
    void a_decision_that_does_not_say_what_it_covers_is_refused() {
        PromotionView waiting = waitingForApproval();

        for (Approval.Decision decision : Approval.Decision.values()) {
            ApprovalRequest blind = new ApprovalRequest(decision, "fine", null);
            refused("APPROVAL_COVERS_MISSING", () -> shop.room.decide(waiting.id(), blind, Shop.WRITER));
        }
        assertThat(shop.look(waiting.id()).approvals()).isEmpty();
    }

    @Test
    void a_rejection_ends_the_promotion() {
        PromotionView waiting = waitingForApproval();

        PromotionView over = shop.room.decide(
                waiting.id(),
                new ApprovalRequest(Approval.Decision.REJECTED, "Not on a Friday.", waiting.covers()),
                Shop.WRITER);

        assertThat(over.state()).isEqualTo("refused");
        assertThat(over.next()).contains("Not on a Friday.");
        refused("PROMOTION_NOT_WAITING", () -> shop.approve(waiting, Shop.SECOND_APPROVER));
    }

    @Test
    void the_same_request_twice_is_one_promotion_and_at_the_same_time_too() throws Exception {
        shop.test(one, TestResult.Result.PASSED);
        List<Future<PromotionView>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 6; i++) {
                asked.add(threads.submit(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR)));
            }
        }
        List<String> ids = new ArrayList<>();
        for (Future<PromotionView> view : asked) {
            ids.add(view.get().id());
        }

        assertThat(ids).containsOnly(ids.getFirst());
        assertThat(numbers()).containsExactly(1L);
    }

    @Test
    void promotions_that_race_get_numbers_without_a_gap_and_each_names_the_one_before() throws Exception {
        List<Digest> digests = new ArrayList<>();
        for (int i = 10; i < 16; i++) {
            Digest digest = shop.register(i);
            shop.test(digest, TestResult.Result.PASSED);
            digests.add(digest);
        }
        List<Future<PromotionView>> asked = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            digests.forEach(d -> asked.add(threads.submit(() -> shop.promote(d, Shop.STAGING, Shop.OPERATOR))));
        }
        assertThat(asked).hasSize(digests.size());
        shop.follow();

        List<ReleaseMade> chain = chain();
        assertThat(chain).isNotEmpty();
        assertThat(numbers())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, chain.size()).boxed().toList());
        List<Entry> entries = releaseEntries();
        for (int i = 1; i < chain.size(); i++) {
            assertThat(chain.get(i).previous()).isEqualTo(entries.get(i - 1).id());
        }
    }

    @Test
    void a_newer_promotion_takes_the_place_of_one_that_waits() {
        PromotionView older = waitingForApproval();
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        shop.inStaging(two);

        PromotionView newer = shop.promote(two, Shop.PRODUCTION, Shop.OPERATOR);

        assertThat(newer.state()).isEqualTo("waiting");
        assertThat(shop.look(older.id()).state()).isEqualTo("withdrawn");
        assertThat(shop.look(older.id()).next()).contains(newer.id());
    }

    @Test
    void a_refused_request_leaves_alone_what_waits() {
        PromotionView older = waitingForApproval();
        Digest two = shop.register(2);

        shop.promote(two, Shop.PRODUCTION, Shop.OPERATOR);

        assertThat(shop.look(older.id()).state()).isEqualTo("waiting");
    }

    @Test
    void what_runs_already_is_answered_plainly_and_a_new_configuration_makes_a_release() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        PromotionView again = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        assertThat(again.state()).isEqualTo("succeeded");
        assertThat(numbers()).containsExactly(1L);

        shop.set(Shop.STAGING, "DATABASE_URL", "another");
        PromotionView next = shop.promote(one, Shop.STAGING, Shop.OPERATOR);

        assertThat(next.release()).isEqualTo(new ReleaseId(Shop.STAGING, 2));
        assertThat(next.configurationVersion()).isEqualTo(2);
        assertThat(chain().getLast().configurationVersion()).isEqualTo(2);
    }

    @Test
    void missing_configuration_is_refused_before_anything_starts() {
        shop.test(one, TestResult.Result.PASSED);
        shop.configurations.change(
                Shop.STAGING,
                new dev.waybill.api.promotion.ConfigurationChange(java.util.Map.of(), List.of("DATABASE_URL"), null),
                Shop.OPERATOR.name());

        PromotionView refused = shop.promote(one, Shop.STAGING, Shop.OPERATOR);

        assertThat(refused.state()).isEqualTo("refused");
        assertThat(refused.next()).contains("DATABASE_URL");
    }

    @Test
    void a_failed_release_holds_the_slot_is_final_and_the_next_promotion_goes_on() {
        shop.test(one, TestResult.Result.PASSED);
        PromotionView first = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(first.release()), one, Deployment.Outcome.FAILED);

        assertThat(shop.look(first.id()).state()).isEqualTo("failed");
        assertThat(marks()).containsExactly(Mark.Kind.HOLD);
        shop.follow();
        assertThat(marks()).hasSize(1);
        shop.deployed(Objects.requireNonNull(first.release()), one, Deployment.Outcome.SUCCEEDED);
        assertThat(database.read(tx -> shop.room.releases().approved(tx, Shop.STAGING))
                        .orElseThrow()
                        .outcome())
                .isEqualTo(Release.Outcome.FAILED);

        PromotionView second = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        assertThat(second.release()).isEqualTo(new ReleaseId(Shop.STAGING, 2));
    }

    @Test
    void the_servers_hold_ends_with_a_signed_mark_when_a_later_release_succeeded() {
        shop.test(one, TestResult.Result.PASSED);
        PromotionView first = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(first.release()), one, Deployment.Outcome.FAILED);
        PromotionView second = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        assertThat(marks()).containsExactly(Mark.Kind.HOLD);

        shop.deployed(Objects.requireNonNull(second.release()), one, Deployment.Outcome.SUCCEEDED);

        assertThat(marks()).isEmpty();
        Entry end = database.read(tx -> shop.ledger.ofType(tx, PredicateTypes.MARK, -1, 10))
                .getLast();
        Mark says = end.statement().predicate(Mark.class, PredicateTypes.MARK);
        assertThat(says.ended()).isTrue();
        assertThat(says.by().value()).isEqualTo("waybill");
        assertThat(says.reason()).contains("staging/shop#2");
        assertThat(shop.ledger.isOwn(end.signed(), KeyRole.RECORD)).isTrue();
        shop.follow();
        assertThat(database.<List<Entry>>read(tx -> shop.ledger.ofType(tx, PredicateTypes.MARK, -1, 10)))
                .hasSize(2);
    }

    @Test
    void the_server_ends_no_hold_while_a_person_holds_the_slot_too() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        PromotionView failing = shop.promote(two, Shop.STAGING, Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(failing.release()), two, Deployment.Outcome.FAILED);
        shop.mark(Mark.Kind.HOLD, null, Shop.STAGING);

        PromotionView back = shop.room.rollBack(new RollbackRequest(Shop.STAGING, 1L, "Two failed."), Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(back.release()), one, Deployment.Outcome.SUCCEEDED);

        assertThat(marks()).containsExactly(Mark.Kind.HOLD, Mark.Kind.HOLD);
    }

    @Test
    void a_persons_hold_keeps_a_promotion_waiting_until_it_ends() {
        shop.test(one, TestResult.Result.PASSED);
        shop.mark(Mark.Kind.HOLD, null, Shop.STAGING);
        PromotionView waiting = shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        assertThat(waiting.state()).isEqualTo("waiting");

        shop.room.mark(
                new dev.waybill.api.promotion.MarkRequest(Mark.Kind.HOLD, true, Shop.STAGING, null, "Settled."),
                Shop.OPERATOR.name());
        shop.follow();

        assertThat(shop.look(waiting.id()).release()).isNotNull();
    }

    @Test
    void a_veto_ends_what_waits_and_blocks_a_rollback_to_it() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        shop.inStaging(two);
        shop.mark(Mark.Kind.VETO, one, null);

        PromotionView back = shop.room.rollBack(new RollbackRequest(Shop.STAGING, 1L, "Two is slow."), Shop.OPERATOR);

        assertThat(back.state()).isEqualTo("refused");
        assertThat(summary(back).verificationResult()).isEqualTo(VerificationSummary.Result.FAILED);
        assertThat(database.<Boolean>read(tx -> new SqlPermits().isPermitted(tx, Shop.STAGING, one)))
                .isFalse();
        assertThat(shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR).state()).isEqualTo("refused");
    }

    @Test
    void an_approval_given_while_the_slot_is_on_hold_counts_when_the_hold_ends() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.mark(Mark.Kind.HOLD, null, Shop.PRODUCTION);
        PromotionView waiting = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);
        assertThat(shop.approve(waiting, Shop.WRITER).state()).isEqualTo("waiting");

        shop.room.mark(
                new dev.waybill.api.promotion.MarkRequest(Mark.Kind.HOLD, true, Shop.PRODUCTION, null, "Settled."),
                Shop.OPERATOR.name());
        shop.follow();

        assertThat(shop.look(waiting.id()).release()).isEqualTo(new ReleaseId(Shop.PRODUCTION, 1));
    }

    @Test
    void a_rollback_is_the_next_release_with_the_old_configuration_and_needs_no_approval() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.set(Shop.STAGING, "DATABASE_URL", "another");
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        shop.inStaging(two);

        PromotionView back = shop.room.rollBack(new RollbackRequest(Shop.STAGING, null, "Two is slow."), Shop.OPERATOR);

        assertThat(back.release()).isEqualTo(new ReleaseId(Shop.STAGING, 3));
        ReleaseMade made = chain().getLast();
        assertThat(made.artifact()).isEqualTo(one);
        assertThat(made.configurationVersion()).isEqualTo(1);
        assertThat(made.cause()).isEqualTo(ReleaseMade.Cause.ROLLBACK);
        assertThat(made.rollbackTo()).isEqualTo(1);
        assertThat(made.why()).isEqualTo("Two is slow.");
    }

    @Test
    void a_second_rollback_goes_further_back_and_never_to_the_release_that_the_first_one_left() {
        for (int number = 1; number <= 3; number++) {
            Digest digest = shop.register(number);
            shop.test(digest, TestResult.Result.PASSED);
            shop.inStaging(digest);
        }

        assertThat(backToDefault().rollbackTo()).isEqualTo(2);
        assertThat(backToDefault().rollbackTo()).isEqualTo(1);
        assertThatThrownBy(this::backToDefault)
                .hasMessageContaining("ROLLBACK_NOTHING")
                .hasMessageContaining("left by a rollback already")
                .hasMessageContaining("--to: #4, #3, #2");
    }

    @Test
    void a_rollback_after_a_release_that_returned_goes_behind_what_serves_again() {
        for (int number = 1; number <= 2; number++) {
            Digest digest = shop.register(number);
            shop.test(digest, TestResult.Result.PASSED);
            shop.inStaging(digest);
        }
        Digest three = shop.register(3);
        shop.test(three, TestResult.Result.PASSED);
        ReleaseId release = Objects.requireNonNull(
                shop.promote(three, Shop.STAGING, Shop.OPERATOR).release());
        shop.deployed(release, three, Deployment.Outcome.RETURNED);

        assertThat(backToDefault().rollbackTo()).isEqualTo(1);
    }

    /** Rolls staging back without naming a release, and lets the agent do it. */
    private ReleaseMade backToDefault() {
        PromotionView back = shop.room.rollBack(new RollbackRequest(Shop.STAGING, null, "It is slow."), Shop.OPERATOR);
        shop.deployed(Objects.requireNonNull(back.release()), back.artifact(), Deployment.Outcome.SUCCEEDED);
        return chain().getLast();
    }

    @Test
    void a_rollback_without_a_reason_is_refused() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);

        assertThat(shop.room
                        .rollBack(new RollbackRequest(Shop.STAGING, 1L, " "), Shop.OPERATOR)
                        .state())
                .isEqualTo("refused");
    }

    @Test
    void what_an_agent_brought_back_alone_becomes_the_next_release_once() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        shop.inStaging(two);

        Signed report = shop.deployed(new ReleaseId(Shop.STAGING, 1), one, Deployment.Outcome.SUCCEEDED, true);
        shop.follow();

        ReleaseMade made = chain().getLast();
        assertThat(numbers()).containsExactly(1L, 2L, 3L);
        assertThat(made.cause()).isEqualTo(ReleaseMade.Cause.OFFLINE_ROLLBACK);
        assertThat(made.by().value()).isEqualTo("oscar");
        List<Entry> following = database.read(tx -> shop.ledger.about(tx, report.id(), PredicateTypes.RELEASE));
        assertThat(following).hasSize(1);
    }

    @Test
    void a_soak_ends_by_time_as_observed() {
        shop.pipeline("[{\"staging\": {\"tests\": [\"unit\"]}}, {\"production\": {\"soak\": \"1h\"}}]");
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        PromotionView waiting = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);
        assertThat(waiting.state()).isEqualTo("waiting");
        long sequence = waiting.sequence();
        shop.follow();
        assertThat(shop.look(waiting.id()).sequence()).isEqualTo(sequence);

        shop.time.pass(Duration.ofMinutes(61));
        shop.seen(new ReleaseId(Shop.STAGING, 1), one);
        shop.follow();

        assertThat(shop.look(waiting.id()).release()).isNotNull();
    }

    @Test
    void a_statement_that_nobody_signed_stops_the_decision() {
        Signed good = shop.test(one, TestResult.Result.PASSED);
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_statement SET signature = ? WHERE sha256 LIKE ?",
                        new byte[] {1, 2, 3},
                        "%" + good.id().hex()));

        refused("EVIDENCE_UNVERIFIABLE", () -> shop.promote(one, Shop.STAGING, Shop.OPERATOR));
        assertThat(numbers()).isEmpty();
    }

    @Test
    void taking_evidence_away_never_lets_more_through() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        for (String type : List.of(
                PredicateTypes.TEST_RESULT,
                PredicateTypes.REGISTRATION,
                PredicateTypes.RELEASE,
                PredicateTypes.CONFIGURATION)) {
            assertThat(withoutRows(type)).as(type).isNotIn("waiting", "passed", "deploying", "succeeded");
        }
    }

    @Test
    void a_veto_counts_also_when_its_row_is_taken_out_of_the_index() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.mark(Mark.Kind.VETO, one, null);

        assertThat(withoutRows(PredicateTypes.MARK)).isEqualTo("refused");
    }

    @Test
    void a_veto_whose_row_says_that_it_is_something_else_stops_the_gates() {
        Signed veto = vetoed();
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_entry SET predicate_type = 'x' WHERE statement_sha256 = ?",
                        veto.id().hex()));

        assertThatThrownBy(() -> shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR))
                .hasMessageContaining("EVIDENCE_HIDDEN");
    }

    @Test
    void a_veto_whose_statement_is_deleted_while_the_server_runs_stops_the_gates() {
        Signed veto = vetoed();
        shop.follow();
        database.change(tx -> tx.handle()
                .execute(
                        "DELETE FROM ledger_statement WHERE sha256 = ?",
                        veto.id().hex()));

        assertThatThrownBy(() -> shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR))
                .hasMessageContaining("EVIDENCE_HIDDEN");
    }

    @Test
    void a_hold_whose_row_says_that_it_is_something_else_stops_the_gates_and_no_other_hold_is_ended() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.mark(Mark.Kind.HOLD, null, Shop.PRODUCTION);
        Signed hold = lastMark();
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_entry SET predicate_type = 'x' WHERE statement_sha256 = ?",
                        hold.id().hex()));

        assertThatThrownBy(() -> shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR))
                .hasMessageContaining("EVIDENCE_HIDDEN");
        assertThatThrownBy(() -> shop.room.marks().endOvertaken()).hasMessageContaining("EVIDENCE_HIDDEN");
    }

    @Test
    void a_failed_run_whose_row_holds_the_bytes_of_a_good_one_stops_the_gates() {
        Signed passed = shop.test(one, TestResult.Result.PASSED);
        Signed failed = shop.test(one, TestResult.Result.FAILED);
        shop.promote(one, Shop.STAGING, Shop.OPERATOR);
        shop.follow();
        database.change(tx -> tx.handle()
                .execute(
                        "UPDATE ledger_statement SET payload = ?, signature = ?, public_key = ? WHERE sha256 = ?",
                        passed.payload(),
                        passed.signature(),
                        passed.publicKey(),
                        failed.id().hex()));

        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR))
                .hasMessageContaining("EVIDENCE_HIDDEN");
    }

    /** It ran in staging and nobody may promote it further. */
    private Signed vetoed() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        shop.mark(Mark.Kind.VETO, one, null);
        return lastMark();
    }

    private Signed lastMark() {
        return database.read(tx -> shop.ledger.ofType(tx, PredicateTypes.MARK, -1, 10))
                .getLast()
                .signed();
    }

    @Test
    void a_failed_run_counts_also_when_its_row_is_taken_out_of_the_index() {
        shop.test(one, TestResult.Result.PASSED);
        Signed failed = shop.test(one, TestResult.Result.FAILED);
        assertThat(shop.promote(one, Shop.STAGING, Shop.OPERATOR).state()).isNotEqualTo("passed");
        Digest two = shop.register(2);
        shop.test(two, TestResult.Result.PASSED);
        hide(failed);

        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR))
                .hasMessageContaining("EVIDENCE_HIDDEN");
        assertThat(shop.promote(two, Shop.STAGING, Shop.OPERATOR).release()).isNotNull();
    }

    @Test
    void a_failed_run_that_is_gone_whole_stops_the_gates() {
        shop.test(one, TestResult.Result.PASSED);
        Signed failed = shop.test(one, TestResult.Result.FAILED);
        shop.register(2);
        hide(failed);
        database.change(tx -> {
            tx.handle()
                    .execute(
                            "DELETE FROM ledger_entry WHERE statement_sha256 = ?",
                            failed.id().hex());
            tx.handle()
                    .execute(
                            "DELETE FROM ledger_statement WHERE sha256 = ?",
                            failed.id().hex());
        });

        assertThatThrownBy(() -> shop.promote(one, Shop.STAGING, Shop.OPERATOR)).hasMessageContaining("LEDGER_DAMAGED");
    }

    private void hide(Signed signed) {
        database.change(tx -> tx.handle()
                .execute(
                        "DELETE FROM ledger_subject WHERE idx IN (SELECT idx FROM ledger_entry WHERE statement_sha256 = ?)",
                        signed.id().hex()));
    }

    private String withoutRows(String type) {
        List<java.util.Map<String, Object>> rows = database.read(tx -> tx.handle()
                .createQuery("SELECT * FROM ledger_subject WHERE predicate_type = :type")
                .bind("type", type)
                .mapToMap()
                .list());
        List<java.util.Map<String, Object>> versions = database.read(tx -> tx.handle()
                .createQuery("SELECT * FROM configuration")
                .mapToMap()
                .list());
        database.change(tx -> {
            tx.handle().execute("DELETE FROM ledger_subject WHERE predicate_type = ?", type);
            if (type.equals(PredicateTypes.CONFIGURATION)) {
                tx.handle().execute("DELETE FROM configuration");
            }
        });
        String state;
        try {
            state = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR).state();
        } catch (ProblemException e) {
            state = e.problem().code();
        }
        database.change(tx -> {
            rows.forEach(r -> tx.handle()
                    .execute(
                            "INSERT INTO ledger_subject (digest, predicate_type, idx) VALUES (?, ?, ?)",
                            r.get("digest"),
                            r.get("predicate_type"),
                            r.get("idx")));
            if (type.equals(PredicateTypes.CONFIGURATION)) {
                versions.forEach(r -> tx.handle()
                        .execute(
                                "INSERT INTO configuration (slot, version, statement) VALUES (?, ?, ?)",
                                r.get("slot"),
                                r.get("version"),
                                r.get("statement")));
            }
        });
        return state;
    }

    @Test
    void no_statement_of_a_whole_journey_holds_a_secret() {
        shop.approve(waitingForApproval(), Shop.WRITER);

        List<Entry> all = database.read(tx -> shop.ledger.after(tx, -1, 1000));

        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all)
                .allSatisfy(e -> assertThat(new String(e.signed().payload(), StandardCharsets.UTF_8))
                        .doesNotContain(SECRET));
    }

    @Test
    void the_audit_finds_a_release_that_was_changed_or_taken_away() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        assertThat(audit()).isEmpty();

        database.change(
                tx -> tx.handle().execute("UPDATE slot_release SET body = REPLACE(body, 'operator', 'intruder')"));
        assertThat(audit()).containsExactly("ROW_DIFFERS");
        database.change(tx -> tx.handle().execute("DELETE FROM slot_release"));
        assertThat(audit()).containsExactly("ROW_MISSING");
    }

    private List<String> audit() {
        return database.read(tx -> new ReleaseAudit().check(tx, shop.ledger)).stream()
                .map(f -> f.code())
                .toList();
    }

    PromotionView waitingForApproval() {
        shop.test(one, TestResult.Result.PASSED);
        shop.inStaging(one);
        PromotionView waiting = shop.promote(one, Shop.PRODUCTION, Shop.OPERATOR);
        assertThat(waiting.state()).as(waiting.next()).isEqualTo("waiting");
        return waiting;
    }

    VerificationSummary summary(PromotionView promotion) {
        return database.read(tx -> shop.ledger.find(tx, Objects.requireNonNull(promotion.summary())))
                .map(e -> e.statement().predicate(VerificationSummary.class, PredicateTypes.VERIFICATION_SUMMARY))
                .orElseThrow();
    }

    private List<Mark.Kind> marks() {
        return database.read(tx -> shop.room.marks().of(tx, Shop.NAME)).stream()
                .map(m -> m.kind())
                .toList();
    }

    /** Releases of staging as the ledger says. */
    private List<Entry> releaseEntries() {
        return database.read(tx -> shop.ledger.about(tx, Configurations.subject(Shop.STAGING), PredicateTypes.RELEASE));
    }

    private List<ReleaseMade> chain() {
        return releaseEntries().stream()
                .map(e -> e.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE))
                .toList();
    }

    private List<Long> numbers() {
        return chain().stream().map(ReleaseMade::number).toList();
    }

    static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code));
    }
}
