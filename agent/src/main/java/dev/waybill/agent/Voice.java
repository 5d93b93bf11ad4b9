package dev.waybill.agent;

import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.ReportRequest;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of its targets. Each target speaks for itself: a report that the server refuses, or a directory that
 * cannot be read, silences that target alone. Each new reason is logged once, and what failed waits longer each time.
 */
final class Voice {
    private static final System.Logger LOG = System.getLogger("waybill.agent");
    private static final int BATCH = 50;
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Agent agent;
    private final BooleanSupplier closing;
    private final Map<Deed, Failure> failures = new ConcurrentHashMap<>();

    Voice(Agent agent, BooleanSupplier closing) {
        this.agent = agent;
        this.closing = closing;
    }

    private record Deed(String what, Slot slot) {}

    /** @param next when it is worth another attempt, in nanoseconds of the system's own clock */
    private record Failure(String reason, Duration pause, long next) {}

    @FunctionalInterface
    private interface Act {
        void on(TargetLoop target) throws IOException;
    }

    /** Looks at each target, and remembers what is to be said of it. */
    void look() {
        forEach("looking", TargetLoop::observe, true);
    }

    /** Says of each target that its agent lives. */
    void heartbeat() {
        forEach("heartbeat", t -> agent.client().deploy().heartbeat(heartbeat(t)), true);
    }

    private Heartbeat heartbeat(TargetLoop target) throws IOException {
        return new Heartbeat(target.heartbeat(), agent.config().heartbeat().toSeconds());
    }

    /**
     * Sends what waits, in order, target by target; what the server took is forgotten here.
     *
     * @param inAnyCase also what failed a moment ago
     */
    synchronized void send(boolean inAnyCase) {
        forEach("reporting", this::send, inAnyCase);
    }

    private void send(TargetLoop target) throws IOException {
        List<SignedBody> waiting = target.reports().waiting();
        if (!waiting.isEmpty()) {
            List<SignedBody> batch = waiting.subList(0, Math.min(BATCH, waiting.size()));
            agent.client().deploy().report(new ReportRequest(batch));
            target.reports().delivered(batch.size());
        }
    }

    private void forEach(String what, Act act, boolean inAnyCase) {
        for (TargetLoop target : agent.targets()) {
            Deed deed = new Deed(what, target.target().slot());
            Failure before = failures.get(deed);
            if (closing.getAsBoolean() || (!inAnyCase && before != null && System.nanoTime() - before.next() < 0)) {
                continue;
            }
            try {
                act.on(target);
                failures.remove(deed);
            } catch (IOException | RuntimeException e) {
                failures.compute(deed, (_, last) -> failed(deed, last, e));
            }
        }
    }

    private Failure failed(Deed deed, @Nullable Failure last, Exception e) {
        String reason = String.valueOf(e.getMessage());
        if (!closing.getAsBoolean() && (last == null || !last.reason().equals(reason))) {
            LOG.log(
                    Level.WARNING,
                    deed.what() + " " + deed.slot() + ": " + reason,
                    e instanceof ProblemException ? null : e);
        }
        Duration doubled = last == null ? FIRST : last.pause().multipliedBy(2);
        Duration pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        return new Failure(reason, pause, System.nanoTime() + pause.toNanos());
    }
}
