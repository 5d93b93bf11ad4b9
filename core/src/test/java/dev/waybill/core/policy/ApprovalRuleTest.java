package dev.waybill.core.policy;

import static dev.waybill.core.policy.Story.ARTIFACT;
import static dev.waybill.core.policy.Story.OTHER;
import static dev.waybill.core.policy.Story.PRODUCTION;
import static dev.waybill.core.policy.Story.STAGING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.TestResult.Binding;
import dev.waybill.core.predicate.TestResult.Result;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalRuleTest {
    private static final Set<Gate.Exclusion> BOTH = EnumSet.allOf(Gate.Exclusion.class);

    private final Story story =
            new Story().registered("Writer@Example.com").tested("unit", Result.PASSED, Binding.BUILD);

    private Evaluation evaluate(int count) {
        Gate unit = new Gate.Tests("unit", null, Gate.Accepting.NOTHING);
        return new Policy(PRODUCTION, List.of(unit, new Gate.Approvals(count, BOTH)))
                .evaluate(story.into(PRODUCTION), story.now());
    }

    private Digest covers() {
        return evaluate(1).covers();
    }

    private List<String> notes() {
        return evaluate(1).lines().getLast().notes();
    }

    @Test
    void waiting_says_how_many_from_whom_and_since_when() {
        assertThat(evaluate(2).verdict().sentence())
                .isEqualTo("Approval needed since " + Story.START
                        + " from 2 approvers, other than the requester fourth and the commit's author writer@example.com (0 of 2"
                        + " so far).");
    }

    @Test
    void an_approval_of_what_is_decided_now_counts_and_changes_nothing_that_it_covers() {
        Digest covers = covers();
        story.approved(PRODUCTION, "first", "first@example.com", covers);
        assertThat(evaluate(1).passed()).isTrue();
        assertThat(covers()).isEqualTo(covers);
    }

    @Test
    void an_approval_is_void_once_evidence_changed() {
        story.approved(PRODUCTION, "first", "first@example.com", covers());
        story.tested("unit", Result.FAILED, Binding.BUILD).tested("unit", Result.PASSED, Binding.BUILD);
        assertThat(evaluate(1).verdict()).isInstanceOf(Verdict.Waiting.class);
        assertThat(notes().getFirst()).contains("first", "changed since");
    }

    @Test
    void an_approval_given_under_a_hold_outlives_the_hold() {
        Digest before = covers();
        story.hold(PRODUCTION, false, false);
        assertThat(covers()).isEqualTo(before);
        story.approved(PRODUCTION, "first", "first@example.com", covers());
        assertThat(evaluate(1).verdict()).isInstanceOf(Verdict.Waiting.class);
        assertThat(evaluate(1).used()).as("the hold stays shown").contains(story.lastMark());
        story.hold(PRODUCTION, true, false);
        assertThat(evaluate(1).passed()).isTrue();
    }

    @Test
    void an_approval_is_void_once_configuration_changed() {
        story.configured(PRODUCTION, 1, "A");
        story.approved(PRODUCTION, "first", "first@example.com", covers());
        assertThat(evaluate(1).passed()).isTrue();
        story.configured(PRODUCTION, 2, "A");
        assertThat(evaluate(1).verdict()).isInstanceOf(Verdict.Waiting.class);
    }

    @Test
    void an_approval_for_another_slot_does_not_count() {
        story.approved(STAGING, "first", "first@example.com", covers());
        assertThat(evaluate(1).verdict()).isInstanceOf(Verdict.Waiting.class);
    }

    @Test
    void the_requester_cannot_approve_under_another_name_with_the_same_address() {
        story.approved(PRODUCTION, "fourth", "", covers())
                .approved(PRODUCTION, "fourth2", "FOURTH@example.com", covers());
        assertThat(evaluate(1).verdict()).isInstanceOf(Verdict.Waiting.class);
        assertThat(notes()).hasSize(2).allMatch(n -> n.contains("asked for this promotion"));
    }

    @Test
    void the_author_cannot_approve_whatever_the_case_of_the_address() {
        story.approved(PRODUCTION, "writer", "writer@example.COM", covers());
        assertThat(notes().getFirst()).contains("wrote or committed");
    }

    @Test
    void an_approver_without_an_address_cannot_be_told_from_the_author() {
        story.approved(PRODUCTION, "first", "", covers());
        assertThat(notes().getFirst()).contains("declares no e-mail address");
    }

    @Test
    void an_unknown_author_is_shown() {
        Story unknown = new Story().registered(null);
        Evaluation evaluation = new Policy(PRODUCTION, List.of(new Gate.Approvals(1, BOTH)))
                .evaluate(unknown.into(PRODUCTION), unknown.now());
        assertThat(evaluation.verdict().sentence()).contains("author (unknown)");
        assertThat(evaluation.lines().getLast().notes()).anyMatch(n -> n.contains("author is unknown"));
    }

    @Test
    void one_person_counts_once() {
        story.approved(PRODUCTION, "first", "first@example.com", covers())
                .approved(PRODUCTION, "first", "first@example.com", covers())
                .approved(PRODUCTION, "first-at-home", "First@example.com", covers());
        assertThat(evaluate(2).verdict()).isInstanceOf(Verdict.Waiting.class);
        story.approved(PRODUCTION, "second", "second@example.com", covers());
        assertThat(evaluate(2).verdict().sentence()).contains("Approved by first and second.");
    }

    @Test
    void whoever_only_asks_is_not_helped_by_approvals() {
        story.approved(PRODUCTION, "first", "first@example.com", covers());
        History history = story.into(PRODUCTION);
        Request preview =
                new Request("", PRODUCTION, ARTIFACT, history.request().by(), List.of(), Story.START);
        History asking = new History(
                preview,
                history.completeTo(),
                history.registrations(),
                history.tests(),
                history.evidence(),
                history.approvals(),
                history.movements(),
                history.marks(),
                history.configuration());
        assertThat(new Policy(PRODUCTION, List.of(new Gate.Approvals(1, BOTH)))
                        .evaluate(asking, story.now())
                        .passed())
                .isFalse();
    }

    @Test
    void what_an_approval_covers_changes_with_each_covered_thing_and_with_nothing_else() {
        Digest one = Story.digest("1");
        Digest two = Story.digest("2");
        Digest covers = Covers.of(ARTIFACT, PRODUCTION, 1, List.of(one, two));
        assertThat(Covers.of(ARTIFACT, PRODUCTION, 1, List.of(two, one, two))).isEqualTo(covers);
        assertThat(List.of(
                        Covers.of(OTHER, PRODUCTION, 1, List.of(one, two)),
                        Covers.of(ARTIFACT, STAGING, 1, List.of(one, two)),
                        Covers.of(ARTIFACT, PRODUCTION, 2, List.of(one, two)),
                        Covers.of(ARTIFACT, PRODUCTION, 1, List.of(one)),
                        Covers.of(ARTIFACT, PRODUCTION, 1, List.of(one, two, OTHER))))
                .doesNotContain(covers)
                .doesNotHaveDuplicates();
    }
}
