package dev.waybill.core.problem;

/** Carries a {@link Problem} to the edge. Has no stack trace of interest: it reports on input, not on a defect. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.sentence(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
