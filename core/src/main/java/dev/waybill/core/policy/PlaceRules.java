package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.passed;
import static dev.waybill.core.policy.Policy.refused;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the digest has been before: the environment ahead of this one, or this slot itself for a rollback. */
final class PlaceRules {
    private PlaceRules() {}

    /** The first release that reached every target is used: later ones of the same digest void no approval. */
    static Evaluation.Line order(Gate.Order gate, History history) {
        Slot before = new Slot(gate.after(), history.slot().application());
        Healthy healthy = new Healthy(history, before);
        List<Fact<ReleaseMade>> releases = healthy.releases();
        List<History.Target> targets = healthy.targets();
        if (releases.isEmpty()) {
            return refused(
                    gate,
                    "These bytes were never released to " + before + ". Promote them there first: `waybill promote "
                            + history.artifact() + " --to " + gate.after() + "`.",
                    List.of());
        }
        if (targets.isEmpty()) {
            return refused(
                    gate,
                    before + " has no target, so nobody can have seen these bytes run there. Enrol an agent for it.",
                    List.of());
        }
        String lack = "";
        for (Fact<ReleaseMade> release : releases) {
            ReleaseId id = new ReleaseId(before, release.says().number());
            List<Healthy.Confirmed> confirmed = healthy.confirmed(release);
            lack = lack(healthy, id, confirmed);
            if (lack.isEmpty()) {
                List<Digest> used = new ArrayList<>(List.of(release.id()));
                targets.forEach(t -> first(confirmed, t).ifPresent(c -> used.addAll(c.ids())));
                return passed(gate, id + " carried these bytes, was deployed and was seen running.", used);
            }
        }
        boolean failed = releases.stream()
                .map(r -> new ReleaseId(before, r.says().number()))
                .allMatch(id -> healthy.failure(id).isPresent());
        return refused(
                gate,
                lack
                        + (failed
                                ? " Waiting changes nothing: bring them there again with `waybill promote "
                                        + history.artifact().shortHex() + " --to " + gate.after()
                                        + "` when the place was at fault, or promote other bytes."
                                : " Wait until `waybill running " + before + "` shows them, then promote again."),
                List.of());
    }

    /** What an agent found goes on after its end. */
    private static String sentence(String words) {
        return words.matches("(?s).*[.?!]") ? words : words + ".";
    }

    /** What keeps this release from counting; empty when nothing does. */
    private static String lack(Healthy healthy, ReleaseId id, List<Healthy.Confirmed> confirmed) {
        Optional<Fact<Deployment>> failure = healthy.failure(id);
        if (failure.isPresent()) {
            return id + " did not succeed: " + sentence(failure.get().says().detail());
        }
        return healthy.targets().stream()
                .filter(t -> first(confirmed, t).isEmpty())
                .findFirst()
                .map(t -> id + " was not yet deployed and seen running on " + t + ".")
                .orElse("");
    }

    static Evaluation.Line wasHealthy(Gate.WasHealthy gate, History history) {
        ReleaseId target = gate.release();
        Healthy healthy = new Healthy(history, target.slot());
        Optional<Fact<ReleaseMade>> release = healthy.releases().stream()
                .filter(r -> r.says().number() == target.number())
                .findFirst();
        if (release.isEmpty() || !target.slot().equals(history.slot())) {
            return refused(
                    gate, "There is no release " + target + " of these bytes in " + history.slot() + ".", List.of());
        }
        Optional<Fact<Deployment>> failure = healthy.failure(target);
        if (failure.isPresent()) {
            return refused(
                    gate,
                    target + " did not succeed when it was deployed: "
                            + sentence(failure.get().says().detail()) + " Choose another release.",
                    List.of(failure.get().id()));
        }
        List<Healthy.Confirmed> confirmed = healthy.confirmed(release.get());
        if (confirmed.isEmpty()) {
            return refused(gate, target + " was never seen running here. Choose another release.", List.of());
        }
        List<Digest> used = new ArrayList<>(List.of(release.get().id()));
        used.addAll(confirmed.getFirst().ids());
        return passed(
                gate,
                target + " was let through and seen running on "
                        + confirmed.getFirst().observed().says().at() + ".",
                used);
    }

    private static Optional<Healthy.Confirmed> first(List<Healthy.Confirmed> confirmed, History.Target target) {
        return confirmed.stream()
                .filter(c -> target.is(
                        c.deployed().says().agent(),
                        c.deployed().says().target(),
                        c.deployed().index()))
                .findFirst();
    }
}
