package dev.waybill.api;

import dev.waybill.core.problem.Problem;

/**
 * A problem on the wire, {@code application/problem+json} (RFC 9457, section 3) with Waybill's members.
 *
 * @param type always {@code about:blank}: the stable identifier is {@code code}
 * @param kind the problem's kind, such as {@code refused}
 */
public record ProblemBody(
        String type,
        String title,
        int status,
        String detail,
        String code,
        String kind,
        String tried,
        String missing,
        String next) {
    public static ProblemBody of(int status, Problem problem) {
        return new ProblemBody(
                "about:blank",
                problem.code(),
                status,
                problem.sentence(),
                problem.code(),
                kindOf(problem),
                problem.tried(),
                problem.missing(),
                problem.next());
    }

    /** The problem again, on the client's side; an unknown kind is treated as broken. */
    public Problem problem() {
        return switch (kind) {
            case "malformed" -> new Problem.Malformed(code, tried, missing, next);
            case "unauthenticated" -> new Problem.Unauthenticated(code, tried, missing, next);
            case "forbidden" -> new Problem.Forbidden(code, tried, missing, next);
            case "not-found" -> new Problem.NotFound(code, tried, missing, next);
            case "refused" -> new Problem.Refused(code, tried, missing, next);
            case "conflict" -> new Problem.Conflict(code, tried, missing, next);
            case "too-large" -> new Problem.TooLarge(code, tried, missing, next);
            default -> new Problem.Unavailable(code, tried, missing, next);
        };
    }

    private static String kindOf(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> "malformed";
            case Problem.Unauthenticated p -> "unauthenticated";
            case Problem.Forbidden p -> "forbidden";
            case Problem.NotFound p -> "not-found";
            case Problem.Refused p -> "refused";
            case Problem.Conflict p -> "conflict";
            case Problem.TooLarge p -> "too-large";
            case Problem.Unavailable p -> "unavailable";
        };
    }
}
