package dev.waybill.e2e;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition with a deadline. */
final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** A question that may touch files and processes. */
    interface Question {
        boolean holds() throws Exception;
    }

    private Until() {}

    /** @param story what to show when the deadline passes */
    static void holds(String what, Supplier<String> story, Question question) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ask(question)) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "After " + PATIENCE.toSeconds() + " s still not: " + what + "\n" + story.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static boolean ask(Question question) {
        try {
            return question.holds();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
