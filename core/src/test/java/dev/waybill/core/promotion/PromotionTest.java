package dev.waybill.core.promotion;

import static dev.waybill.core.policy.Story.ARTIFACT;
import static dev.waybill.core.policy.Story.PRODUCTION;
import static dev.waybill.core.policy.Story.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.policy.Evaluation;
import dev.waybill.core.policy.Gate;
import dev.waybill.core.policy.Policy;
import dev.waybill.core.policy.RandomStory;
import dev.waybill.core.policy.Story;
import dev.waybill.core.policy.Verdict;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Deployment.Outcome;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.promotion.Decision.Effect;
import dev.waybill.core.promotion.Decision.ToLog;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PromotionTest {
    private static final ReleaseId FIRST = new ReleaseId(PRODUCTION, 1);
    private static final ReleaseId SECOND = new ReleaseId(PRODUCTION, 2);
    private static final Promotion REQUESTED = Promotion.request(Story.request(PRODUCTION));
    private static final Event NUMBERED = new Event.Numbered(FIRST, START);
    private static final Event COMMANDED = new Event.Commanded(List.of("web/t1", "web/t2"), START);
    private static final Event WITHDRAW = new Event.Withdraw(new ActorName("fourth"), "too late", START);
    private static final Event SUPERSEDE = new Event.Supersede("p2", START);

    private static Event judged(Story story, Gate... gates) {
        return new Event.Judged(new Policy(PRODUCTION, List.of(gates)).evaluate(story.into(PRODUCTION), story.now()));
    }

    private static Event passed() {
        return judged(new Story().registered("writer@example.com"));
    }

    private static Event waiting() {
        return judged(new Story().registered("writer@example.com"), new Gate.Approvals(1, Set.of()));
    }

    private static Event refused() {
        return judged(new Story());
    }

    private static Event reported(String target, Outcome outcome, ReleaseId release) {
        return new Event.Reported(new Deployment(
                new AgentName("web"),
                target,
                1,
                null,
                release,
                outcome,
                null,
                false,
                null,
                null,
                START,
                START,
                "health answered 503.",
                null));
    }

    private static Promotion after(Event... events) {
        Promotion state = REQUESTED;
        for (Event event : events) {
            state = Promotion.decide(state, event).next();
        }
        return state;
    }

    @Test
    void a_pass_is_a_summary_and_asks_for_a_release() {
        Decision decision = Promotion.decide(REQUESTED, passed());
        assertThat(decision.next()).isInstanceOf(Promotion.Decided.class);
        assertThat(decision.facts())
                .singleElement()
                .isInstanceOfSatisfying(
                        ToLog.Summary.class, s -> assertThat(s.result()).isEqualTo(VerificationSummary.Result.PASSED));
        assertThat(decision.effects()).containsExactly(new Effect.MakeRelease("p1"));
    }

    @Test
    void a_refusal_is_a_summary_too_and_final() {
        Decision decision = Promotion.decide(REQUESTED, refused());
        assertThat(decision.facts())
                .singleElement()
                .isInstanceOfSatisfying(
                        ToLog.Summary.class, s -> assertThat(s.result()).isEqualTo(VerificationSummary.Result.FAILED));
        assertThatThrownBy(() -> Promotion.decide(decision.next(), passed()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("PROMOTION_NOT_POSSIBLE");
    }

    @Test
    void waiting_logs_nothing_and_asks_people_once_for_the_same_thing() {
        Decision first = Promotion.decide(REQUESTED, waiting());
        assertThat(first.facts()).isEmpty();
        assertThat(first.effects()).singleElement().isInstanceOf(Effect.AskApprovers.class);
        assertThat(Promotion.decide(first.next(), waiting()).effects()).isEmpty();
    }

    @Test
    void a_veto_between_decision_and_release_still_stops_it() {
        Event vetoed = judged(new Story().registered("writer@example.com").veto(null, false));
        assertThat(after(passed(), vetoed)).isInstanceOf(Promotion.Refused.class);
    }

    @Test
    void what_deploys_carries_the_pass_that_let_it_through() {
        assertThat(after(passed(), NUMBERED, COMMANDED))
                .isInstanceOfSatisfying(
                        Promotion.Deploying.class,
                        d -> assertThat(d.because().because()).contains("Registered for shop"));
    }

    @Test
    void it_succeeds_when_every_target_has_and_a_second_report_changes_nothing() {
        Promotion one = after(passed(), NUMBERED, COMMANDED, reported("t1", Outcome.SUCCEEDED, FIRST));
        assertThat(Promotion.decide(one, reported("t1", Outcome.SUCCEEDED, FIRST))
                        .next())
                .isEqualTo(one);
        assertThat(Promotion.decide(one, reported("t2", Outcome.SUCCEEDED, FIRST))
                        .next())
                .isInstanceOf(Promotion.Succeeded.class);
    }

    @Test
    void a_target_that_is_gone_is_waited_for_no_longer() {
        Promotion deploying = after(passed(), NUMBERED, COMMANDED);
        Promotion one = after(passed(), NUMBERED, COMMANDED, reported("t1", Outcome.SUCCEEDED, FIRST));

        assertThat(after(deploying, left(List.of("web/t1", "web/t2"), List.of("web/t1", "web/t2"))))
                .as("nobody left")
                .isEqualTo(deploying);
        assertThat(after(deploying, left(List.of("web/t1"), List.of("web/t1"))))
                .isInstanceOfSatisfying(
                        Promotion.Deploying.class,
                        d -> assertThat(d.outstanding()).containsExactly("web/t1"));
        assertThat(after(one, left(List.of("web/t1"), List.of()))).isInstanceOf(Promotion.Succeeded.class);
    }

    @Test
    void a_release_whose_only_target_is_gone_succeeded_nowhere() {
        Promotion deploying = after(passed(), NUMBERED, COMMANDED);

        assertThat(after(deploying, left(List.of(), List.of()))).isInstanceOf(Promotion.Released.class);
        assertThat(after(deploying, left(List.of("new/t1"), List.of("new/t1"))))
                .as("another target came meanwhile and has not reported")
                .isInstanceOfSatisfying(
                        Promotion.Deploying.class,
                        d -> assertThat(d.outstanding()).containsExactly("new/t1"));
    }

    private static Promotion after(Promotion state, Event event) {
        return Promotion.decide(state, event).next();
    }

    private static Event left(List<String> there, List<String> missing) {
        return new Event.Left(there, missing);
    }

    @Test
    void a_failure_is_final_and_holds_the_slot() {
        Promotion deploying = after(passed(), NUMBERED, COMMANDED);
        Decision failed = Promotion.decide(deploying, reported("t1", Outcome.DOWN, FIRST));
        assertThat(failed.next()).isInstanceOf(Promotion.Failed.class);
        assertThat(failed.facts()).singleElement().isInstanceOf(ToLog.Hold.class);
        assertThat(Promotion.decide(deploying, reported("t1", Outcome.RETURNED, FIRST))
                        .next())
                .isInstanceOf(Promotion.Returned.class);
    }

    @Test
    void a_report_about_another_release_is_no_report_about_this_one() {
        Promotion deploying = after(passed(), NUMBERED, COMMANDED);
        assertThatThrownBy(() -> Promotion.decide(deploying, reported("t1", Outcome.SUCCEEDED, SECOND)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_can_be_withdrawn_until_there_is_a_release_and_superseded_until_the_end() {
        assertThat(after(waiting(), WITHDRAW)).isInstanceOf(Promotion.Withdrawn.class);
        Promotion released = after(passed(), NUMBERED);
        assertThatThrownBy(() -> Promotion.decide(released, WITHDRAW)).isInstanceOf(ProblemException.class);
        assertThat(Promotion.decide(released, SUPERSEDE).next()).isInstanceOf(Promotion.Superseded.class);
    }

    @Test
    void an_evaluation_of_other_bytes_or_of_a_rollback_says_nothing_here() {
        Story story = new Story().registered("writer@example.com").healthy(PRODUCTION, 1);
        Evaluation back = new Rollback(FIRST, "it loses orders").evaluate(story.into(PRODUCTION), story.now());
        assertThat(back.passed()).isTrue();
        assertThatThrownBy(() -> Promotion.decide(REQUESTED, new Event.Judged(back)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_rollback_becomes_a_release_that_names_its_target_and_reason() {
        Story story = new Story().healthy(PRODUCTION, 1).hold(PRODUCTION, false, false);
        Rollback rollback = new Rollback(FIRST, "it loses orders");
        Evaluation back = rollback.evaluate(story.into(PRODUCTION), story.now());
        Promotion asked = Promotion.rollback(Story.request(PRODUCTION), rollback);
        Promotion decided = Promotion.decide(asked, new Event.Judged(back)).next();
        Decision released = Promotion.decide(decided, new Event.Numbered(SECOND, START));
        assertThat(released.facts())
                .containsExactly(new ToLog.Release(
                        SECOND,
                        ARTIFACT,
                        0,
                        ReleaseMade.Cause.ROLLBACK,
                        1L,
                        "it loses orders",
                        new ActorName("fourth"),
                        START));
    }

    @Test
    void a_rollback_needs_a_reason_a_healthy_past_and_no_veto() {
        Story healthy = new Story().healthy(PRODUCTION, 1);
        assertThat(back(healthy, " ")).contains("--why");
        assertThat(back(new Story().released(PRODUCTION, 1, ARTIFACT), "x")).contains("never seen running");
        assertThat(back(new Story().released(PRODUCTION, 2, ARTIFACT), "x")).contains("no release production/shop#1");
        assertThat(back(healthy.veto(PRODUCTION, false), "x")).contains("Vetoed");
    }

    private static String back(Story story, String why) {
        Verdict verdict = new Rollback(FIRST, why)
                .evaluate(story.into(PRODUCTION), story.now())
                .verdict();
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return verdict.sentence();
    }

    @Test
    void every_state_survives_json() {
        Promotion awaiting = after(waiting());
        for (Promotion state : List.of(
                REQUESTED,
                awaiting,
                after(passed()),
                after(passed(), NUMBERED),
                after(passed(), NUMBERED, COMMANDED),
                after(passed(), NUMBERED, COMMANDED, reported("t1", Outcome.FAILED, FIRST)),
                after(refused()),
                after(WITHDRAW),
                after(SUPERSEDE))) {
            byte[] json = Json.write(state);
            assertThat(Json.read(json, Promotion.class)).isEqualTo(state);
            assertThat(Json.tree(state).get("state").stringValue()).isEqualTo(state.state());
        }
    }

    @Test
    void a_decided_state_cannot_be_made_from_anything_but_a_pass() {
        Event.Judged waiting = (Event.Judged) waiting();
        assertThatThrownBy(() -> new Promotion.Decided(Story.request(PRODUCTION), null, waiting.evaluation()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_sequence_of_events_reaches_a_release_without_a_pass() {
        long[] releases = {0};
        LongStream.range(0, 500).forEach(seed -> {
            Random random = new Random(seed);
            Promotion state = REQUESTED;
            boolean passedLast = false;
            for (int step = 0; step < 12; step++) {
                Event event = random(random, seed * 12 + step);
                try {
                    Decision decision = Promotion.decide(state, event);
                    boolean released = decision.facts().stream().anyMatch(ToLog.Release.class::isInstance);
                    assertThat(released && !passedLast).as("seed %d", seed).isFalse();
                    releases[0] += released ? 1 : 0;
                    passedLast =
                            event instanceof Event.Judged j && j.evaluation().passed();
                    state = decision.next();
                } catch (ProblemException e) {
                    assertThat(e.problem().code()).isEqualTo("PROMOTION_NOT_POSSIBLE");
                }
            }
        });
        assertThat(releases[0]).isGreaterThan(50);
    }

    private static Event random(Random random, long seed) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                RandomStory story = new RandomStory(seed);
                yield new Event.Judged(story.evaluate(story.history()));
            }
            case 3, 4 -> NUMBERED;
            case 5 -> COMMANDED;
            case 6 ->
                reported(
                        "t" + (1 + random.nextInt(2)), List.of(Outcome.values()).get(random.nextInt(4)), FIRST);
            case 7 -> waiting();
            default -> random.nextInt(8) == 0 ? SUPERSEDE : NUMBERED;
        };
    }
}
