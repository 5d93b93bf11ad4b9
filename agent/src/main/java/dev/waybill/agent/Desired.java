package dev.waybill.agent;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.link.Fetch;
import dev.waybill.agent.verify.Checked;
import dev.waybill.agent.verify.Gatekeeper;
import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/** Brings a target from what it runs to what the server asks for: verify, fetch, apply. Anything refused is said once. */
final class Desired {
    /** The bytes that came were not those that were approved: a lie, not a bad line. */
    private static final String LIED = "CONTENT_MISMATCH";

    private final Agent agent;
    private final Gatekeeper gatekeeper;
    private static final System.Logger LOG = System.getLogger("waybill.agent");

    private final Map<Object, String> refusedBefore = new ConcurrentHashMap<>();

    Desired(Agent agent) {
        this.agent = agent;
        this.gatekeeper = new Gatekeeper(
                agent.trust(),
                agent.witness(),
                release -> agent.client().deploy().release(release));
    }

    /** True when the target is done with this release; false when the way was broken and it is worth asking again. */
    boolean bring(TargetLoop target, DesiredRelease desired) throws IOException {
        if (desired.release().number() <= target.reports().handled()) {
            return true;
        }
        Checked checked;
        try {
            checked = gatekeeper.check(
                    target.target().slot(),
                    desired,
                    new Gatekeeper.Before(
                            target.reports().lastRelease(), target.reports().lastReleaseId()));
        } catch (ProblemException e) {
            return transientOr(e, () -> refuseUnverified(target, desired, e.problem()));
        }
        target.reports().releaseSeen(checked.release().number(), checked.id());
        Lock fetching = agent.fetching();
        boolean done;
        fetching.lock();
        try {
            done = fetchAndApply(target, desired, checked);
        } finally {
            fetching.unlock();
        }
        agent.sweep();
        return done;
    }

    private boolean fetchAndApply(TargetLoop target, DesiredRelease desired, Checked checked) throws IOException {
        Order.Contents contents;
        try {
            contents = new Fetch(agent.content())
                    .contents(agent.client().registry(), target.target().slot().application(), desired.artifact());
        } catch (ProblemException e) {
            return transientOr(e, () -> target.refused(failed(target, desired, e.problem()), true));
        }
        Order order = new Order(
                desired.release(),
                desired.artifact(),
                desired.commit(),
                desired.configurationVersion(),
                desired.configuration(),
                contents,
                checked.release().rollbackTo());
        target.apply(order, broughtBack(checked.release()));
        return true;
    }

    private static @Nullable Long broughtBack(ReleaseMade release) {
        return release.cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK ? release.rollbackTo() : null;
    }

    @FunctionalInterface
    private interface Say {
        void it() throws IOException;
    }

    private static boolean transientOr(ProblemException e, Say refusal) throws IOException {
        if (e.problem() instanceof Problem.Unavailable && !e.problem().code().equals(LIED)) {
            return false;
        }
        refusal.it();
        return true;
    }

    /** Said once per release and reason. Its number is not believed, so a later, genuine release of any number still counts. */
    private void refuseUnverified(TargetLoop target, DesiredRelease desired, Problem problem) throws IOException {
        String what = desired.release() + " " + problem.code();
        if (!what.equals(refusedBefore.put(target.target().slot(), what))) {
            target.refused(failed(target, desired, problem), false);
        }
    }

    private static Ended failed(TargetLoop target, DesiredRelease desired, Problem problem) {
        LOG.log(Level.WARNING, "Refused {0}: {1}: {2}", desired.release(), problem.code(), problem.sentence());
        Instant now = Instant.now();
        return new Ended(
                "refused " + desired.release() + " " + problem.code(),
                desired.release(),
                desired.artifact(),
                Deployment.Outcome.FAILED,
                target.reports()
                        .lastObservation()
                        .filter(o -> o.state() == Observation.State.RUNNING)
                        .map(Observation::release)
                        .orElse(null),
                null,
                now,
                now,
                problem.code() + ": " + problem.sentence());
    }
}
