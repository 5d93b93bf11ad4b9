package dev.waybill.core.policy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether releases of the digest in one slot were deployed and seen running. Approved, commanded and observed stay
 * apart (law 8): a release counts only with all three, on a target by one agent.
 */
final class Healthy {
    private final History history;
    private final Slot slot;

    Healthy(History history, Slot slot) {
        this.history = history;
        this.slot = slot;
    }

    /** A deployment and the first observation of what it brought, on one target. */
    record Confirmed(Fact<Deployment> deployed, Fact<Observation> observed) {
        List<Digest> ids() {
            return List.of(deployed.id(), observed.id());
        }
    }

    static boolean seen(Observation o, Slot slot, Digest artifact) {
        return o.slot().equals(slot) && o.state() == Observation.State.RUNNING && artifact.equals(o.artifact());
    }

    /** Releases of the digest in the slot, oldest first. */
    List<Fact<ReleaseMade>> releases() {
        return history.movements().releases().stream()
                .filter(f -> history.counts(f.index()))
                .filter(f -> f.says().slot().equals(slot) && f.says().artifact().equals(history.artifact()))
                .sorted(Comparator.comparingLong(Fact::index))
                .toList();
    }

    List<History.Target> targets() {
        return history.movements().targets().stream()
                .filter(t -> t.slot().equals(slot))
                .toList();
    }

    /** A deployment of this release that did not succeed, on any target: final for that release (section 6, Failure). */
    Optional<Fact<Deployment>> failure(ReleaseId release) {
        return history.movements().deployments().stream()
                .filter(d -> d.says().release().equals(release) && d.says().outcome() != Deployment.Outcome.SUCCEEDED)
                .min(Comparator.comparingLong(Fact::index));
    }

    /** Every target where the release was deployed and observed. */
    List<Confirmed> confirmed(Fact<ReleaseMade> release) {
        ReleaseId id = new ReleaseId(slot, release.says().number());
        List<Confirmed> found = new ArrayList<>();
        history.movements().deployments().stream()
                .filter(d -> history.counts(d.index()) && d.index() > release.index())
                .filter(d -> d.says().release().equals(id) && id.equals(d.says().running()))
                .filter(d -> d.says().outcome() == Deployment.Outcome.SUCCEEDED)
                .sorted(Comparator.comparingLong(Fact::index))
                .forEach(d -> observed(release, d, id).ifPresent(o -> found.add(new Confirmed(d, o))));
        return found;
    }

    /**
     * An agent says what it sees before it says how the deployment ended. Such an observation counts because it names this
     * release, which nothing can have run before it was made; one that names none counts only after the end.
     */
    private Optional<Fact<Observation>> observed(Fact<ReleaseMade> made, Fact<Deployment> deployed, ReleaseId release) {
        return history.movements().observations().stream()
                .filter(o -> history.counts(o.index()))
                .filter(o -> o.index() > deployed.index()
                        || (o.index() > made.index() && release.equals(o.says().release())))
                .filter(o -> o.says().agent().equals(deployed.says().agent())
                        && o.says().target().equals(deployed.says().target()))
                .filter(o -> seen(o.says(), slot, history.artifact())
                        && (o.says().release() == null
                                || Objects.equals(o.says().release(), release)))
                .min(Comparator.comparingLong(Fact::index));
    }
}
