package dev.waybill.server.http;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.problem.Problem;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Caller;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of bodies that are read whole may be in memory at once, over all requests: each alone has its limit, but
 * many together would exhaust the heap, and the server with it. Counted as they arrive, until the request is answered. The
 * last quarter is for first steps alone, so that small requests get through while large ones wait. One account holds at most
 * half, and all who showed no token together a sixteenth: nobody keeps the others out by sending much, or nothing.
 */
public final class BodyBudget {
    /** What is read, and counted, at a time. */
    static final int STEP = 64 * 1024;

    static final String SPENT = "BODIES_TOO_MANY";

    /** Whoever sends a byte now and then would hold its share for days: no idle connection, and no end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Half of what the slowest line of today carries. */
    private static final long SLOWEST_PER_SECOND = 16 * 1024;

    private final long most;
    private final Duration patience;
    private final Map<ActorName, Long> holders = new HashMap<>();
    private long held;

    public BodyBudget(long most) {
        this(most, PATIENCE);
    }

    /** @param patience how long a body may take, whatever its length */
    BodyBudget(long most, Duration patience) {
        this.most = most;
        this.patience = patience;
    }

    /** An eighth of the heap, for what is read from a body takes more room than the body; at least four of the largest. */
    public static BodyBudget ofHeap() {
        return new BodyBudget(Math.max(4L * Call.MAX_BODY, Runtime.getRuntime().maxMemory() / 8));
    }

    synchronized long held() {
        return held;
    }

    /** @param actor who sends it, null for whoever did not say */
    Share share(@Nullable Actor actor) {
        return new Share(actor == null ? Caller.NOBODY : actor.name());
    }

    /** False when so much more cannot be held now. */
    private synchronized boolean take(ActorName holder, int more, boolean first) {
        long own = holders.getOrDefault(holder, 0L) + more;
        long ownMost = holder.equals(Caller.NOBODY) ? most / 16 : most / 2;
        if (own > ownMost || held + more > (first ? most : most - most / 4)) {
            return false;
        }
        holders.put(holder, own);
        held += more;
        return true;
    }

    private synchronized void giveBack(ActorName holder, long less) {
        held -= less;
        holders.computeIfPresent(holder, (_, own) -> own == less ? null : own - less);
    }

    /** What one request holds. For one thread. */
    final class Share implements AutoCloseable {
        private final ActorName holder;
        private final long since = System.nanoTime();
        private long bytes;

        private Share(ActorName holder) {
            this.holder = holder;
        }

        /** {@code BODIES_TOO_MANY} when so much more cannot be held now. */
        void take(int more) {
            if (!BodyBudget.this.take(holder, more, bytes + more <= STEP)) {
                throw new Problem.Unavailable(
                                SPENT,
                                "Reading the request's body",
                                "the bodies of other requests fill the memory that is set aside for them.",
                                "Send it again in a moment; nothing of it was done.")
                        .exception();
            }
            bytes += more;
        }

        /** {@code BODY_TOO_SLOW} for a body of which so little has arrived by now. */
        void requirePace(long arrived) {
            Duration allowed = patience.plusMillis(arrived * 1000 / SLOWEST_PER_SECOND);
            if (System.nanoTime() - since > allowed.toNanos()) {
                throw new Problem.Malformed(
                                "BODY_TOO_SLOW",
                                "Reading the request's body",
                                arrived + " bytes arrived in " + allowed.toSeconds() + " s, and it has not ended.",
                                "Send it again on a faster connection; nothing of it was done. What is large goes through the"
                                        + " registry, which takes its time.")
                        .exception();
            }
        }

        void giveBack(int less) {
            bytes -= less;
            BodyBudget.this.giveBack(holder, less);
        }

        @Override
        public void close() {
            BodyBudget.this.giveBack(holder, bytes);
            bytes = 0;
        }
    }
}
