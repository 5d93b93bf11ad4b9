package dev.waybill.core.policy;

import static dev.waybill.core.policy.Story.ARTIFACT;
import static dev.waybill.core.policy.Story.OTHER;
import static dev.waybill.core.policy.Story.PRODUCTION;
import static dev.waybill.core.policy.Story.STAGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.predicate.TestResult.Binding;
import dev.waybill.core.predicate.TestResult.Result;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final Gate.Tests UNIT = new Gate.Tests("unit", null, Gate.Accepting.NOTHING);
    private static final Gate.Tests ACCEPTANCE =
            new Gate.Tests("acceptance", STAGING.environment(), Gate.Accepting.NOTHING);
    private static final Gate ORDER = new Gate.Order(STAGING.environment());
    private static final Gate SOAK = new Gate.Soak(Span.parse("1h"), STAGING.environment());

    private static Verdict judge(Story story, Gate gate) {
        return evaluate(story, gate).verdict();
    }

    private static Evaluation evaluate(Story story, Gate gate) {
        return new Policy(PRODUCTION, List.of(gate)).evaluate(story.into(PRODUCTION), story.now());
    }

    private static Story registered() {
        return new Story().registered("writer@example.com");
    }

    @Test
    void nothing_known_is_no_pass() {
        // given the most lenient policy there is
        Policy policy = new Policy(PRODUCTION, List.of());
        // when nothing is known, then it is refused, and says what to do
        assertThat(policy.evaluate(new Story().into(PRODUCTION), Story.START).verdict())
                .isInstanceOf(Verdict.Refused.class)
                .extracting(Verdict::sentence)
                .asString()
                .contains("not registered", "waybill register");
    }

    @Test
    void no_lines_are_no_pass() {
        assertThat(new Evaluation(PRODUCTION, ARTIFACT, 0, 1, OTHER, List.of(), Story.START).verdict())
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_history_of_another_slot_cannot_be_judged() {
        Policy policy = new Policy(PRODUCTION, List.of());
        assertThatThrownBy(() -> policy.evaluate(new Story().into(STAGING), Story.START))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_ledger_prefix_of_unknown_size_lets_nothing_pass() {
        Story story = registered().tested("unit", Result.PASSED, Binding.BUILD);
        Policy policy = new Policy(PRODUCTION, List.of(UNIT));
        assertThat(policy.evaluate(story.into(PRODUCTION), story.now()).passed())
                .isTrue();
        assertThat(policy.evaluate(story.into(PRODUCTION, 1), story.now()).passed())
                .isFalse();
        assertThat(policy.evaluate(story.into(PRODUCTION, 0), story.now()).passed())
                .isFalse();
    }

    @Test
    void a_verified_run_passes_and_names_its_statement() {
        Evaluation evaluation = evaluate(registered().tested("unit", Result.PASSED, Binding.FETCHED), UNIT);
        assertThat(evaluation.passed()).isTrue();
        assertThat(evaluation.used()).hasSize(2);
    }

    @Test
    void a_claimed_run_counts_only_where_the_gate_accepts_it() {
        Story story = registered().tested("unit", Result.PASSED, Binding.CLAIMED);
        Evaluation refused = evaluate(story, UNIT);
        assertThat(refused.passed()).isFalse();
        assertThat(refused.lines().getLast().notes().getFirst()).contains("only claimed");
        Gate accepting = new Gate.Tests("unit", null, new Gate.Accepting(true, false));
        assertThat(judge(story, accepting)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void warnings_are_no_pass_unless_the_gate_says_so() {
        Story story = registered().tested("unit", Result.WARNED, Binding.BUILD);
        assertThat(judge(story, UNIT)).isInstanceOf(Verdict.Refused.class);
        Gate accepting = new Gate.Tests("unit", null, new Gate.Accepting(false, true));
        assertThat(judge(story, accepting)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void the_latest_run_of_a_suite_wins() {
        Story story = registered()
                .tested("unit", Result.PASSED, Binding.BUILD)
                .tested("unit", Result.FAILED, Binding.FETCHED);
        assertThat(judge(story, UNIT).sentence()).contains("failed", "CartTest.adds");
        assertThat(judge(story.tested("unit", Result.PASSED, Binding.FETCHED), UNIT))
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void a_claimed_pass_does_not_wash_away_a_failed_run() {
        Story story = registered()
                .tested("unit", Result.FAILED, Binding.BUILD)
                .tested("unit", Result.PASSED, Binding.CLAIMED);
        assertThat(judge(story, UNIT)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_second_passing_run_changes_nothing_that_an_approval_covers() {
        Story story = registered().tested("unit", Result.PASSED, Binding.BUILD);
        Digest covers = evaluate(story, UNIT).covers();
        assertThat(evaluate(story.tested("unit", Result.PASSED, Binding.FETCHED), UNIT)
                        .covers())
                .isEqualTo(covers);
    }

    @Test
    void acceptance_on_staging_needs_a_run_bound_to_what_ran_there() {
        Story unbound = registered().tested("acceptance", Result.PASSED, Binding.FETCHED);
        assertThat(judge(unbound, ACCEPTANCE).sentence()).contains("--target staging/shop");
        Story elsewhere = registered().testedOn(PRODUCTION, "acceptance", Result.PASSED);
        assertThat(judge(elsewhere, ACCEPTANCE)).isInstanceOf(Verdict.Refused.class);
        Story bound = registered().testedOn(STAGING, "acceptance", Result.PASSED);
        assertThat(judge(bound, ACCEPTANCE)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void a_run_whose_observations_show_other_bytes_does_not_count() {
        // given observations that the run names, the second of another artifact
        Story story = registered()
                .observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING)
                .observed(STAGING, "t1", OTHER, Observation.State.RUNNING);
        List<Fact<Observation>> seen = story.into(PRODUCTION).movements().observations();
        TestResult.Target target =
                new TestResult.Target(STAGING, seen.get(0).id(), seen.get(1).id());
        // when the gate is asked, then the run proves nothing
        story.tested("acceptance", Result.PASSED, Binding.OBSERVED, target);
        assertThat(judge(story, ACCEPTANCE)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void a_run_during_which_the_process_changed_does_not_count() {
        Story story = registered()
                .observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING, 7)
                .observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING, 8);
        List<Fact<Observation>> seen = story.into(PRODUCTION).movements().observations();
        TestResult.Target target =
                new TestResult.Target(STAGING, seen.get(0).id(), seen.get(1).id());
        story.tested("acceptance", Result.PASSED, Binding.OBSERVED, target);
        assertThat(judge(story, ACCEPTANCE)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void order_needs_release_deployment_and_observation() {
        Story story = registered().target(STAGING, "t1");
        assertThat(judge(story, ORDER).sentence()).contains("never released to staging/shop", "waybill promote");
        story.released(STAGING, 1, ARTIFACT);
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Refused.class);
        story.deployed(new ReleaseId(STAGING, 1), "t1", Deployment.Outcome.SUCCEEDED);
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Refused.class);
        story.observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING);
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void a_release_that_reached_only_some_targets_does_not_open_the_next_environment() {
        Story story = registered().target(STAGING, "t1").target(STAGING, "t2").healthy(STAGING, 1);
        assertThat(judge(story, ORDER).sentence()).contains("web/t2");
    }

    @Test
    void a_release_that_failed_on_one_target_does_not_open_the_next_environment() {
        Story story =
                registered().healthy(STAGING, 1).deployed(new ReleaseId(STAGING, 1), "t2", Deployment.Outcome.RETURNED);
        assertThat(judge(story, ORDER).sentence())
                .contains("did not succeed", "Waiting changes nothing")
                .doesNotContain("Wait until");
        // and a second release of the same bytes does
        assertThat(judge(story.healthy(STAGING, 2), ORDER)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void an_observation_from_before_the_deployment_does_not_count() {
        Story story = registered()
                .target(STAGING, "t1")
                .observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING)
                .released(STAGING, 1, ARTIFACT)
                .deployed(new ReleaseId(STAGING, 1), "t1", Deployment.Outcome.SUCCEEDED);
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void an_observation_that_names_the_release_counts_though_it_was_said_before_the_deployment_ended() {
        ReleaseId release = new ReleaseId(STAGING, 1);
        Story story = registered().target(STAGING, "t1").released(STAGING, 1, ARTIFACT);

        story.observedAs(release, "t1");
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Refused.class);
        story.deployed(release, "t1", Deployment.Outcome.SUCCEEDED);
        assertThat(judge(story, ORDER)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void soaking_waits_for_observed_time() {
        Story story = registered().healthy(STAGING, 1);
        Instant seen = story.now().minusSeconds(60);
        Policy policy = new Policy(PRODUCTION, List.of(SOAK));
        Instant later = seen.plus(Duration.ofHours(2));
        // silence is no soaking
        assertThat(policy.evaluate(story.into(PRODUCTION), later).verdict()).isInstanceOf(Verdict.Waiting.class);
        story.heard(STAGING, "t1", seen.plus(Duration.ofMinutes(59)));
        assertThat(policy.evaluate(story.into(PRODUCTION), seen.plus(Duration.ofMinutes(59)))
                        .verdict())
                .isEqualTo(new Verdict.Waiting(
                        "Must run undisturbed in staging/shop for 1h: reached at " + seen.plus(Duration.ofHours(1))
                                + " if nothing happens.",
                        seen.plus(Duration.ofHours(1))));
        story.heard(STAGING, "t1", seen.plus(Duration.ofMinutes(60)));
        assertThat(policy.evaluate(story.into(PRODUCTION), later).passed()).isTrue();
        // and a heartbeat from the future counts only up to now
        assertThat(policy.evaluate(story.into(PRODUCTION), seen.plus(Duration.ofMinutes(30)))
                        .passed())
                .isFalse();
    }

    @Test
    void a_host_whose_clock_is_behind_soaks_from_the_release_on() {
        Story story = registered().target(STAGING, "t1").released(STAGING, 1, ARTIFACT);
        Instant released = story.now().minusSeconds(60);
        story.deployed(new ReleaseId(STAGING, 1), "t1", Deployment.Outcome.SUCCEEDED)
                .seenAt(STAGING, "t1", released.minus(Duration.ofDays(3)));
        Policy policy = new Policy(PRODUCTION, List.of(SOAK));

        story.heard(STAGING, "t1", released.plus(Duration.ofMinutes(59)));
        assertThat(policy.evaluate(story.into(PRODUCTION), released.plus(Duration.ofMinutes(59)))
                        .passed())
                .isFalse();
        story.heard(STAGING, "t1", released.plus(Duration.ofMinutes(60)));
        assertThat(policy.evaluate(story.into(PRODUCTION), released.plus(Duration.ofMinutes(60)))
                        .passed())
                .isTrue();
    }

    @Test
    void a_restart_or_other_bytes_begin_the_soak_anew() {
        Story story = registered().healthy(STAGING, 1).observed(STAGING, "t1", ARTIFACT, Observation.State.RUNNING, 8);
        Instant second = story.now().minusSeconds(60);
        story.heard(STAGING, "t1", second.plus(Duration.ofMinutes(59)).plusSeconds(59));
        Policy policy = new Policy(PRODUCTION, List.of(SOAK));
        assertThat(policy.evaluate(story.into(PRODUCTION), second.plus(Duration.ofHours(2)))
                        .passed())
                .isFalse();
        Story replaced = registered().healthy(STAGING, 1);
        replaced.heard(STAGING, "t1", replaced.now().plus(Duration.ofHours(3)));
        replaced.observed(STAGING, "t1", OTHER, Observation.State.RUNNING);
        assertThat(policy.evaluate(replaced.into(PRODUCTION), replaced.now().plus(Duration.ofHours(3)))
                        .passed())
                .isFalse();
    }

    @Test
    void a_veto_refuses_until_it_is_ended_with_the_same_scope() {
        Story story = registered().veto(null, false);
        assertThat(judge(story, UNIT).sentence()).contains("Vetoed everywhere by first", "it loses orders.");
        story.veto(PRODUCTION, true);
        assertThat(evaluate(story, new Gate.NoVeto()).passed()).isFalse();
        story.veto(null, true);
        assertThat(evaluate(story, new Gate.NoVeto()).passed()).isTrue();
    }

    @Test
    void a_veto_newer_than_what_was_read_completely_counts_all_the_same() {
        Story story = registered().veto(null, false);
        Policy policy = new Policy(PRODUCTION, List.of());
        assertThat(policy.evaluate(story.into(PRODUCTION, 1), story.now()).passed())
                .isFalse();
    }

    @Test
    void a_hold_by_a_person_waits_and_one_after_a_failure_lets_the_next_promotion_through() {
        assertThat(judge(registered().hold(PRODUCTION, false, false), new Gate.NoHold()))
                .isInstanceOf(Verdict.Waiting.class);
        assertThat(judge(registered().hold(PRODUCTION, false, true), new Gate.NoHold()))
                .isInstanceOf(Verdict.Passed.class);
        assertThat(judge(registered().hold(PRODUCTION, false, false).hold(PRODUCTION, true, false), new Gate.NoHold()))
                .isInstanceOf(Verdict.Passed.class);
        assertThat(judge(registered().hold(STAGING, false, false), new Gate.NoHold()))
                .isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void missing_configuration_keys_are_named() {
        Story story =
                registered().requires(List.of("DATABASE_URL", "MAIL_HOST")).configured(PRODUCTION, 3, "MAIL_HOST");
        assertThat(judge(story, new Gate.ConfigurationContract()).sentence())
                .contains("DATABASE_URL")
                .doesNotContain("MAIL_HOST");
        assertThat(judge(
                        story.configured(PRODUCTION, 4, "MAIL_HOST", "DATABASE_URL"), new Gate.ConfigurationContract()))
                .isInstanceOf(Verdict.Passed.class);
        assertThat(judge(registered().requires(null), new Gate.ConfigurationContract()))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void evidence_of_another_type_is_not_enough() {
        Gate sbom = new Gate.Evidence("sbom");
        assertThat(judge(registered().evidence(PredicateTypes.PROVENANCE), sbom).sentence())
                .contains("waybill attest sbom");
        assertThat(judge(registered().evidence(PredicateTypes.SPDX), sbom)).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void an_unknown_author_is_refused_where_the_author_must_be_known() {
        assertThat(judge(new Story().registered(null), new Gate.KnownAuthor())).isInstanceOf(Verdict.Refused.class);
        assertThat(judge(registered(), new Gate.KnownAuthor())).isInstanceOf(Verdict.Passed.class);
    }

    @Test
    void an_evaluation_survives_json() {
        Story story = registered().healthy(STAGING, 1).tested("unit", Result.PASSED, Binding.BUILD);
        Gate approvals = new Gate.Approvals(1, Set.copyOf(EnumSet.allOf(Gate.Exclusion.class)));
        Evaluation evaluation = new Policy(PRODUCTION, List.of(UNIT, ORDER, SOAK, approvals))
                .evaluate(story.into(PRODUCTION), story.now());
        assertThat(Json.read(Json.write(evaluation), Evaluation.class)).isEqualTo(evaluation);
    }

    @Test
    void a_rejection_is_final_for_the_promotion() {
        Story story = registered().decided(PRODUCTION, "first", "first@example.com", OTHER, Approval.Decision.REJECTED);
        Gate one = new Gate.Approvals(1, Set.of());
        assertThat(judge(story, one).sentence()).contains("Rejected by first", "because");
    }
}
