package dev.waybill.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.TestResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Law 7 over many made-up stories; a failure names the seed. */
class PolicyPropertiesTest {
    private static final long STORIES = 400;

    private static LongStream seeds() {
        return LongStream.range(0, STORIES);
    }

    @Test
    void taking_positive_evidence_away_never_gives_a_pass() {
        long[] passed = {0};
        long[] lost = {0};
        seeds().forEach(seed -> {
            RandomStory story = new RandomStory(seed);
            History whole = story.history();
            boolean before = story.evaluate(whole).passed();
            passed[0] += before ? 1 : 0;
            for (History less : eachWithoutOne(whole)) {
                boolean after = story.evaluate(less).passed();
                lost[0] += before && !after ? 1 : 0;
                assertThat(after && !before).as("seed %d", seed).isFalse();
            }
        });
        // the property says something only if there are passes to lose and refusals to keep
        assertThat(passed[0]).isBetween(STORIES / 5, STORIES * 4 / 5);
        assertThat(lost[0]).isGreaterThan(STORIES / 5);
    }

    @Test
    void a_negative_fact_never_allows_more() {
        long[] stopped = {0};
        seeds().forEach(seed -> {
            RandomStory story = new RandomStory(seed);
            boolean before = story.evaluate(story.history()).passed();
            long complete = story.history().completeTo();
            Instant now = story.story().now();
            story.bad((int) (seed % 8));
            // the negative fact stands beyond the prefix that was read completely, and counts there too
            History more = story.story().into(Story.PRODUCTION, complete);
            boolean after = story.policy().evaluate(more, now).passed();
            stopped[0] += before && !after ? 1 : 0;
            assertThat(after && !before).as("seed %d", seed).isFalse();
        });
        assertThat(stopped[0]).isGreaterThan(STORIES / 20);
    }

    @Test
    void reading_less_of_the_ledger_never_allows_more() {
        seeds().forEach(seed -> {
            RandomStory story = new RandomStory(seed);
            boolean before = story.evaluate(story.history()).passed();
            long size = story.history().completeTo();
            for (long less = 0; less < size; less += 3) {
                boolean after = story.evaluate(story.story().into(Story.PRODUCTION, less))
                        .passed();
                assertThat(after && !before).as("seed %d at %d", seed, less).isFalse();
            }
        });
    }

    @Test
    void a_pass_names_statements_that_the_history_holds() {
        seeds().limit(300).forEach(seed -> {
            RandomStory story = new RandomStory(seed);
            Evaluation evaluation = story.evaluate(story.history());
            assertThat(evaluation.used()).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
            assertThat(evaluation.lines()).hasSameSizeAs(story.policy().gates());
            evaluation.lines().forEach(l -> assertThat(l.verdict().sentence()).endsWith("."));
        });
    }

    /** The history without one registration, run that is no failure, piece of evidence, approval, release, success or sighting. */
    private static List<History> eachWithoutOne(History h) {
        History.Movements m = h.movements();
        List<History> all = new ArrayList<>();
        all.addAll(without(
                h.registrations(), f -> true, l -> new Parts(l, h.tests(), h.evidence(), h.approvals(), m).of(h)));
        all.addAll(without(
                h.tests(),
                f -> f.says().result() == TestResult.Result.PASSED,
                l -> new Parts(h.registrations(), l, h.evidence(), h.approvals(), m).of(h)));
        all.addAll(without(
                h.evidence(), f -> true, l -> new Parts(h.registrations(), h.tests(), l, h.approvals(), m).of(h)));
        all.addAll(without(
                h.approvals(),
                f -> f.says().decision() == Approval.Decision.APPROVED,
                l -> new Parts(h.registrations(), h.tests(), h.evidence(), l, m).of(h)));
        all.addAll(without(
                m.releases(),
                f -> true,
                l -> moved(h, new History.Movements(l, m.deployments(), m.observations(), m.targets()))));
        all.addAll(without(
                m.deployments(),
                f -> f.says().outcome() == Deployment.Outcome.SUCCEEDED,
                l -> moved(h, new History.Movements(m.releases(), l, m.observations(), m.targets()))));
        all.addAll(without(
                m.observations(),
                f -> Story.ARTIFACT.equals(f.says().artifact()),
                l -> moved(h, new History.Movements(m.releases(), m.deployments(), l, m.targets()))));
        return all;
    }

    private static History moved(History h, History.Movements movements) {
        return new Parts(h.registrations(), h.tests(), h.evidence(), h.approvals(), movements).of(h);
    }

    private static <F> List<History> without(List<F> facts, Predicate<F> positive, Function<List<F>, History> rebuild) {
        List<History> all = new ArrayList<>();
        for (int i = 0; i < facts.size(); i++) {
            if (positive.test(facts.get(i))) {
                List<F> rest = new ArrayList<>(facts);
                rest.remove(i);
                all.add(rebuild.apply(rest));
            }
        }
        return all;
    }

    private record Parts(
            List<Fact<Registration>> registrations,
            List<Fact<TestResult>> tests,
            List<History.Evidence> evidence,
            List<Fact<Approval>> approvals,
            History.Movements movements) {
        History of(History h) {
            return new History(
                    h.request(),
                    h.completeTo(),
                    registrations,
                    tests,
                    evidence,
                    approvals,
                    movements,
                    h.marks(),
                    h.configuration());
        }
    }
}
