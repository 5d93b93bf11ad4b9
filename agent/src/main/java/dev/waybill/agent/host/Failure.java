package dev.waybill.agent.host;

import dev.waybill.core.problem.ProblemException;

/** What broke, in a few words for the outcome of a deployment. */
public final class Failure {
    private Failure() {}

    /** Our own refusals speak for themselves; anything else says little without its kind. */
    public static String of(Exception e) {
        return e instanceof ProblemException problem
                ? String.valueOf(problem.getMessage())
                : e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    /** An agent that is told to end in the middle of a step has found out nothing about the release. */
    public static boolean isEndOfAgent() {
        return Thread.currentThread().isInterrupted();
    }
}
