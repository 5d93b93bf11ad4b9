package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.passed;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long the digest ran undisturbed, on each target of the slot. Time counts only between observations, or up to the
 * last signed heartbeat: silence is no soaking. A restart, another release or other bytes begin it anew.
 */
final class SoakRule {
    private final Gate.Soak gate;
    private final History history;
    private final Instant now;
    private final Slot slot;
    private final Healthy healthy;

    private SoakRule(Gate.Soak gate, History history, Instant now) {
        this.gate = gate;
        this.history = history;
        this.now = now;
        this.slot = new Slot(gate.in(), history.slot().application());
        this.healthy = new Healthy(history, slot);
    }

    /**
     * One process running these bytes: first seen, and known to have gone on until.
     *
     * @param start when it was first seen, by the host's clock, but not before its release, by the server's
     */
    private record Stretch(Fact<Observation> first, Instant start, Instant until) {
        Duration length() {
            return Duration.between(start, until);
        }
    }

    static Evaluation.Line line(Gate.Soak gate, History history, Instant now) {
        return new SoakRule(gate, history, now).line();
    }

    private Evaluation.Line line() {
        List<History.Target> targets = healthy.targets();
        List<Digest> used = new ArrayList<>();
        Instant done = Instant.MIN;
        for (History.Target target : targets) {
            List<Stretch> stretches = stretches(target);
            Optional<Stretch> enough = stretches.stream()
                    .filter(s -> s.length().compareTo(gate.length().length()) >= 0)
                    .findFirst();
            Optional<Stretch> best =
                    enough.isPresent() ? enough : stretches.stream().reduce((a, b) -> b);
            if (best.isEmpty()) {
                return waiting("these bytes were not seen running on " + target + ".", null, used);
            }
            used.add(best.get().first().id());
            Instant end = best.get().start().plus(gate.length().length());
            done = enough.isEmpty() && end.isAfter(done) ? end : done;
        }
        if (targets.isEmpty()) {
            return waiting("it has no target.", null, used);
        }
        if (done.equals(Instant.MIN)) {
            return passed(gate, "Ran undisturbed in " + slot + " for " + gate.length() + ".", used);
        }
        String rest = done.isAfter(now)
                ? "reached at " + done + " if nothing happens."
                : "no observation says yet that it went on until " + done + ".";
        return waiting(rest, done.isAfter(now) ? done : null, used);
    }

    private Evaluation.Line waiting(String rest, @Nullable Instant until, List<Digest> used) {
        String sentence = "Must run undisturbed in " + slot + " for " + gate.length() + ": " + rest;
        return new Evaluation.Line(gate, new Verdict.Waiting(sentence, until), used, List.of());
    }

    /** Oldest first. An observation starts or lengthens the stretch of its own process, up to the next disturbance. */
    private List<Stretch> stretches(History.Target target) {
        List<Fact<Observation>> seen = history.movements().observations().stream()
                .filter(o -> history.counts(o.index()) && Healthy.seen(o.says(), slot, history.artifact()))
                .filter(o -> target.is(o.says().agent(), o.says().target(), o.index()))
                .sorted(Comparator.comparingLong(Fact::index))
                .toList();
        long[] disturbances = disturbances(target);
        List<Stretch> found = new ArrayList<>();
        for (Fact<Observation> first : seen) {
            long next = LongStream.of(disturbances)
                    .filter(i -> i > first.index())
                    .min()
                    .orElse(Long.MAX_VALUE);
            Instant until = seen.stream()
                    .filter(o -> o.index() >= first.index() && o.index() < next)
                    .filter(o -> Objects.equals(o.says().process(), first.says().process()))
                    .map(o -> goneOn(o, target, next))
                    .max(Comparator.naturalOrder())
                    .orElse(first.says().at());
            Instant end = until.isAfter(now) ? now : until;
            released(first)
                    .ifPresent(at ->
                            found.add(new Stretch(first, later(first.says().at(), at), end)));
        }
        return found;
    }

    /** When the server signed the release that was seen; what no release before it brought soaks for nobody. */
    private Optional<Instant> released(Fact<Observation> seen) {
        ReleaseId named = seen.says().release();
        return healthy.releases().stream()
                .filter(r -> r.index() < seen.index())
                .filter(r -> named == null || named.number() == r.says().number())
                .map(r -> r.says().at())
                .findFirst();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Instant goneOn(Fact<Observation> seen, History.Target target, long nextDisturbance) {
        History.Heard heard = target.heard();
        boolean still = heard != null
                && nextDisturbance == Long.MAX_VALUE
                && heard.observation().equals(seen.id());
        return still && heard != null && heard.until().isAfter(seen.says().at())
                ? heard.until()
                : seen.says().at();
    }

    /** Ledger places where something else was seen or brought to the target. They count wherever they stand. */
    private long[] disturbances(History.Target target) {
        List<ReleaseId> ours = healthy.releases().stream()
                .map(r -> new ReleaseId(slot, r.says().number()))
                .toList();
        Stream<Long> observed = history.movements().observations().stream()
                .filter(o -> o.says().slot().equals(slot)
                        && target.is(o.says().agent(), o.says().target(), o.index()))
                .filter(o -> !Healthy.seen(o.says(), slot, history.artifact()))
                .map(Fact::index);
        Stream<Long> deployed = history.movements().deployments().stream()
                .filter(d -> d.says().release().slot().equals(slot)
                        && target.is(d.says().agent(), d.says().target(), d.index()))
                .filter(d -> d.says().outcome() != Deployment.Outcome.SUCCEEDED
                        || d.says().running() == null
                        || !ours.contains(d.says().running()))
                .map(Fact::index);
        return Stream.concat(observed, deployed).mapToLong(Long::longValue).toArray();
    }
}
