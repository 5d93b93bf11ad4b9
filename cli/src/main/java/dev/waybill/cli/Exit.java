package dev.waybill.cli;

import dev.waybill.core.problem.Problem;

/** Exit codes, the same for every command. */
public final class Exit {
    public static final int DONE = 0;
    /** A rule, a gate or a person says no; or something was looked for and found wanting. */
    public static final int REFUSED = 1;
    /** The command line or a file that it names is not as it has to be. */
    public static final int MISUSE = 2;
    /** The server cannot be reached, or something is broken. */
    public static final int BROKEN = 3;

    private Exit() {}

    public static int of(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> MISUSE;
            case Problem.Unavailable p -> BROKEN;
            case Problem.Unauthenticated p -> REFUSED;
            case Problem.Forbidden p -> REFUSED;
            case Problem.NotFound p -> REFUSED;
            case Problem.Refused p -> REFUSED;
            case Problem.Conflict p -> REFUSED;
            case Problem.TooLarge p -> REFUSED;
        };
    }
}
