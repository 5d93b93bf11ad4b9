package dev.waybill.server.evidence;

/** One test case of a report, by what its elements say. {@code name} is {@code classname.name} where both are there. */
record TestCase(String name, Outcome outcome) {
    /** How it ended; a case is passed only if nothing says otherwise. */
    enum Outcome {
        PASSED,
        /** Failed, then passed when run again. */
        FLAKY,
        FAILED,
        ERROR,
        SKIPPED
    }
}
