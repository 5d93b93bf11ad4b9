package dev.waybill.server.http;

import dev.waybill.core.problem.Problem;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of bodies that are read whole may be in memory at once, over all requests: each alone has its limit, but
 * many together would exhaust the heap, and the server with it. Counted as they arrive, until the request is answered. The
 * last quarter is for first steps alone, so that small requests get through while large ones wait.
 */
public final class BodyBudget {
    /** What is read, and counted, at a time. */
    static final int STEP = 64 * 1024;

    static final String SPENT = "BODIES_TOO_MANY";

    private final long most;
    private final AtomicLong held = new AtomicLong();

    public BodyBudget(long most) {
        this.most = most;
    }

    /** An eighth of the heap, for what is read from a body takes more room than the body; at least four of the largest. */
    public static BodyBudget ofHeap() {
        return new BodyBudget(Math.max(4L * Call.MAX_BODY, Runtime.getRuntime().maxMemory() / 8));
    }

    long held() {
        return held.get();
    }

    Share share() {
        return new Share();
    }

    /** What one request holds. For one thread. */
    final class Share implements AutoCloseable {
        private long bytes;

        /** {@code BODIES_TOO_MANY} when so much more cannot be held now. */
        void take(int more) {
            long limit = bytes + more <= STEP ? most : most - most / 4;
            long before = held.getAndUpdate(now -> now + more <= limit ? now + more : now);
            if (before + more > limit) {
                throw new Problem.Unavailable(
                                SPENT,
                                "Reading the request's body",
                                "the bodies of other requests fill the memory that is set aside for them.",
                                "Send it again in a moment; nothing of it was done.")
                        .exception();
            }
            bytes += more;
        }

        void giveBack(int less) {
            bytes -= less;
            held.addAndGet(-less);
        }

        @Override
        public void close() {
            held.addAndGet(-bytes);
            bytes = 0;
        }
    }
}
