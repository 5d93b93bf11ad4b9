package dev.waybill.core.problem;

/**
 * Why a request was not honoured.
 *
 * <p>{@link #code} is stable and upper case with underscores; the other three are sentences for people: what was tried,
 * what was missing or in the way, and what to do next.
 */
public sealed interface Problem {
    String code();

    String tried();

    String missing();

    String next();

    /** One paragraph for a terminal or a log. */
    default String sentence() {
        return tried() + ": " + missing() + " " + next();
    }

    /** The four parts below each other, as every program of Waybill prints them. */
    default String lines() {
        return tried() + "\n  missing  " + indented(missing()) + "\n  next     " + indented(next()) + "\n  code     "
                + code();
    }

    private static String indented(String text) {
        return text.strip().replace("\n", "\n           ");
    }

    /** The input is not what its format demands. */
    record Malformed(String code, String tried, String missing, String next) implements Problem {}

    /** Nobody has said who is asking. */
    record Unauthenticated(String code, String tried, String missing, String next) implements Problem {}

    /** Who is asking may not do this. */
    record Forbidden(String code, String tried, String missing, String next) implements Problem {}

    /** The thing named does not exist here. */
    record NotFound(String code, String tried, String missing, String next) implements Problem {}

    /** A rule of delivery says no: a gate, law 2, a veto. Trying again changes nothing by itself. */
    record Refused(String code, String tried, String missing, String next) implements Problem {}

    /** Somebody else was faster, or the thing changed meanwhile. Look again, then decide again. */
    record Conflict(String code, String tried, String missing, String next) implements Problem {}

    /** A stated limit is exceeded. */
    record TooLarge(String code, String tried, String missing, String next) implements Problem {}

    /** Waybill itself cannot do it now: disk full, read-only after a roll-back, shutting down. */
    record Unavailable(String code, String tried, String missing, String next) implements Problem {}

    default ProblemException exception() {
        return new ProblemException(this);
    }
}
