package dev.waybill.core.policy;

import static dev.waybill.core.policy.Story.ARTIFACT;
import static dev.waybill.core.policy.Story.OTHER;
import static dev.waybill.core.policy.Story.PRODUCTION;
import static dev.waybill.core.policy.Story.STAGING;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Span;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult.Binding;
import dev.waybill.core.predicate.TestResult.Result;
import dev.waybill.core.statement.PredicateTypes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Stories and policies made up from a seed; about half of them end in a pass. */
public final class RandomStory {
    private static final String[] PEOPLE = {"first", "second", "third", "fourth", "writer"};

    private final Random random;
    private final Story story = new Story();
    private final Policy policy;
    private long release;

    public RandomStory(long seed) {
        random = new Random(seed);
        policy = new Policy(PRODUCTION, gates(random));
        random.ints(4, 0, 2).forEach(this::setting);
        random.ints(6 + random.nextInt(12), 0, 9).forEach(this::good);
        random.ints(random.nextInt(3) / 2, 0, 8).forEach(this::bad);
        random.ints(random.nextInt(6), 0, 9).forEach(this::good);
        int approvals = random.nextInt(4);
        Digest covers = evaluate(history()).covers();
        for (int i = 0; i < approvals; i++) {
            String who = PEOPLE[random.nextInt(PEOPLE.length)];
            story.approved(PRODUCTION, who, who + "@example.com", covers);
        }
    }

    public Policy policy() {
        return policy;
    }

    public Story story() {
        return story;
    }

    public History history() {
        return story.into(PRODUCTION);
    }

    public Evaluation evaluate(History history) {
        return policy.evaluate(history, story.now());
    }

    static List<Gate> gates(Random random) {
        List<Gate> all = List.of(
                new Gate.KnownAuthor(),
                new Gate.Order(STAGING.environment()),
                new Gate.Tests("unit", null, new Gate.Accepting(random.nextBoolean(), random.nextBoolean())),
                new Gate.Tests("acceptance", STAGING.environment(), Gate.Accepting.NOTHING),
                new Gate.Evidence("sbom"),
                new Gate.Soak(Span.parse(1 + random.nextInt(4) + "m"), STAGING.environment()),
                new Gate.Approvals(1 + random.nextInt(2), exclusions(random)));
        List<Gate> some = new ArrayList<>();
        all.forEach(gate -> {
            if (random.nextInt(3) == 0) {
                some.add(gate);
            }
        });
        return some;
    }

    private static Set<Gate.Exclusion> exclusions(Random random) {
        Set<Gate.Exclusion> set = EnumSet.noneOf(Gate.Exclusion.class);
        for (Gate.Exclusion exclusion : Gate.Exclusion.values()) {
            if (random.nextBoolean()) {
                set.add(exclusion);
            }
        }
        return set;
    }

    private void setting(int which) {
        story.registered("writer@example.com")
                .target(STAGING, "t" + (1 + which))
                .configured(PRODUCTION, 1, "A");
        story.requires(List.of("A"));
    }

    private void good(int which) {
        switch (which) {
            case 0 ->
                story.tested("unit", Result.PASSED, any(List.of(Binding.BUILD, Binding.FETCHED, Binding.OBSERVED)));
            case 1 -> story.testedOn(STAGING, "acceptance", Result.PASSED);
            case 2, 3, 4 -> healthy();
            case 5 -> story.evidence(PredicateTypes.CYCLONEDX);
            case 6 -> story.tested("unit", Result.WARNED, Binding.CLAIMED);
            case 7 -> story.observed(STAGING, target(), ARTIFACT, Observation.State.RUNNING, 7 + random.nextInt(2));
            default -> story.veto(null, true).hold(PRODUCTION, true, false);
        }
    }

    private void healthy() {
        release++;
        story.released(STAGING, release, ARTIFACT);
        for (String target : List.of("t1", "t2")) {
            story.deployed(new ReleaseId(STAGING, release), target, Deployment.Outcome.SUCCEEDED)
                    .observed(STAGING, target, ARTIFACT, Observation.State.RUNNING);
        }
        if (random.nextBoolean()) {
            story.heard(STAGING, "t1", story.now().plusSeconds(120));
        }
    }

    /** Something that speaks against it. */
    public void bad(int which) {
        switch (which) {
            case 0 -> story.veto(random.nextBoolean() ? PRODUCTION : null, false);
            case 1 -> story.hold(PRODUCTION, false, random.nextBoolean());
            case 2 -> story.tested("unit", Result.FAILED, any(List.of(Binding.values())));
            case 3 -> story.testedOn(STAGING, "acceptance", Result.FAILED);
            case 4 ->
                story.deployed(
                        new ReleaseId(STAGING, 1 + random.nextLong(release + 1)),
                        target(),
                        any(List.of(Deployment.Outcome.FAILED, Deployment.Outcome.RETURNED, Deployment.Outcome.DOWN)));
            case 5 -> story.observed(STAGING, target(), OTHER, Observation.State.ALTERED);
            case 6 -> story.decided(PRODUCTION, "first", "first@example.com", OTHER, Approval.Decision.REJECTED);
            default -> story.target(STAGING, "t3");
        }
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private String target() {
        return random.nextBoolean() ? "t1" : "t2";
    }
}
