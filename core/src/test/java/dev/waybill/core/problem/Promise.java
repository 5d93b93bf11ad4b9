package dev.waybill.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;

/**
 * What every parser promises about any input whatever: an answer, or a refusal in all its parts, soon and in bounded
 * memory. Any other exception is a finding. Time is the thread's own, so that a busy machine finds nothing.
 */
public final class Promise {
    private static final boolean FUZZING = Boolean.getBoolean("waybill.fuzzing");
    private static final Duration HANGS = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long MOST_ALLOCATED = 512L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Reads one input. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    private Promise() {}

    /** Holds one input against the promise. While fuzzing, the fuzzer itself ends an input that hangs. */
    public static void hold(Attempt attempt) throws Exception {
        if (FUZZING) {
            measured(attempt);
        } else {
            Assertions.assertTimeoutPreemptively(HANGS, () -> measured(attempt));
        }
    }

    /** What costs too much is read again: the first time pays for loading classes as well. */
    private static void measured(Attempt attempt) throws Exception {
        if (!Cost.of(attempt).isBounded()) {
            assertThat(Cost.of(attempt)).as("what one input costs").matches(Cost::isBounded);
        }
    }

    private record Cost(Duration time, long allocated) {
        static Cost of(Attempt attempt) throws Exception {
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long used = THREADS.getCurrentThreadCpuTime();
            try {
                attempt.run();
            } catch (ProblemException e) {
                requireWhole(e.problem());
            }
            return new Cost(
                    Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - used),
                    THREADS.getCurrentThreadAllocatedBytes() - allocated);
        }

        boolean isBounded() {
            return time.compareTo(LONGEST) < 0 && allocated < MOST_ALLOCATED;
        }
    }

    private static void requireWhole(Problem problem) {
        assertThat(problem.code()).matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
        assertThat(problem.tried()).as(problem.code()).isNotBlank();
        assertThat(problem.missing()).as(problem.code()).isNotBlank();
        assertThat(problem.next()).as(problem.code()).isNotBlank();
    }
}
