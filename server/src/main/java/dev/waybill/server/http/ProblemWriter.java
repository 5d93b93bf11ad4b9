package dev.waybill.server.http;

import dev.waybill.api.ProblemBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The only switch from a problem to HTTP: an OCI error body under {@code /v2}, a page for browsers, RFC 9457 for the rest. */
final class ProblemWriter {
    /** distribution-spec, "Error Codes". A problem with another code is shown under the code of its kind. */
    private static final Set<String> OCI_CODES = Set.of(
            "BLOB_UNKNOWN",
            "BLOB_UPLOAD_INVALID",
            "BLOB_UPLOAD_UNKNOWN",
            "DIGEST_INVALID",
            "MANIFEST_BLOB_UNKNOWN",
            "MANIFEST_INVALID",
            "MANIFEST_UNKNOWN",
            "NAME_INVALID",
            "NAME_UNKNOWN",
            "SIZE_INVALID",
            "UNAUTHORIZED",
            "DENIED",
            "UNSUPPORTED",
            "TOOMANYREQUESTS");

    /** distribution-spec: a chunk or range out of place is 416, a method that a path does not have 405. */
    private static final Map<String, Integer> OCI_STATUS =
            Map.of("RANGE_INVALID", 416, "UNSUPPORTED", 405, "UPLOADS_TOO_MANY", 429, Gate.LIMITED, 429);

    /** Problems of one kind whose OCI code is not their kind's. */
    private static final Map<String, String> OCI_NAMES = Map.of(
            "RANGE_INVALID",
            "BLOB_UPLOAD_INVALID",
            "UPLOAD_BUSY",
            "BLOB_UPLOAD_INVALID",
            "UPLOADS_TOO_MANY",
            "TOOMANYREQUESTS",
            Gate.LIMITED,
            "TOOMANYREQUESTS",
            "MANIFEST_TOO_LARGE",
            "SIZE_INVALID",
            "TAG_INVALID",
            "MANIFEST_INVALID");

    /** After so many seconds it may look different. */
    private static final Map<String, String> RETRY_AFTER = Map.of(BodyBudget.SPENT, "1", "UPLOADS_TOO_MANY", "60");

    /** Where registry clients get their short tokens. */
    private static final String TOKEN_PATH = "/token";

    private final ErrorPage page;
    private final Challenge challenge;

    ProblemWriter(ErrorPage page, Challenge challenge) {
        this.page = page;
        this.challenge = challenge;
    }

    void write(Context context, Problem problem) {
        int status = status(problem);
        context.status(status);
        String seconds = RETRY_AFTER.get(problem.code());
        if (seconds != null) {
            context.header("Retry-After", seconds);
        }
        if (context.path().startsWith("/v2") || context.path().equals(TOKEN_PATH)) {
            oci(context, problem);
        } else if (!context.path().startsWith("/api/") && wantsPage(context)) {
            page(context, status, problem);
        } else {
            context.contentType("application/problem+json").result(Json.write(ProblemBody.of(status, problem)));
        }
    }

    static int status(Problem problem) {
        return OCI_STATUS.getOrDefault(problem.code(), kindStatus(problem));
    }

    private static int kindStatus(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> 400;
            case Problem.Unauthenticated p -> 401;
            case Problem.Forbidden p -> 403;
            case Problem.NotFound p -> 404;
            case Problem.Conflict p -> 409;
            case Problem.TooLarge p -> 413;
            case Problem.Refused p -> 422;
            case Problem.Unavailable p -> 503;
        };
    }

    private void oci(Context context, Problem problem) {
        if (problem instanceof Problem.Unauthenticated) {
            context.header("WWW-Authenticate", challenge.of(Call.origin(context), Call.RequestLine.of(context)));
        }
        // Clients of registries know no 422: a rule that says no is DENIED with 403 to them.
        if (problem instanceof Problem.Refused) {
            context.status(403);
        }
        String code = OCI_CODES.contains(problem.code())
                ? problem.code()
                : OCI_NAMES.getOrDefault(problem.code(), ociCode(problem));
        Map<String, Object> error =
                Map.of("code", code, "message", problem.sentence(), "detail", Map.of("code", problem.code()));
        context.contentType("application/json").result(Json.write(Map.of("errors", List.of(error))));
    }

    private static String ociCode(Problem problem) {
        return switch (problem) {
            case Problem.Malformed p -> "MANIFEST_INVALID";
            case Problem.Unauthenticated p -> "UNAUTHORIZED";
            case Problem.Forbidden p -> "DENIED";
            case Problem.NotFound p -> "NAME_UNKNOWN";
            case Problem.Refused p -> "DENIED";
            case Problem.Conflict p -> "DENIED";
            case Problem.TooLarge p -> "SIZE_INVALID";
            case Problem.Unavailable p -> "UNSUPPORTED";
        };
    }

    private void page(Context context, int status, Problem problem) {
        if (problem instanceof Problem.Unauthenticated
                && context.req().getMethod().equals("GET")) {
            String next = URLEncoder.encode(context.path(), StandardCharsets.UTF_8);
            context.status(303).header("Location", "/login?next=" + next).result("");
            return;
        }
        context.contentType("text/html; charset=utf-8").result(page.render(status, problem));
    }

    private static boolean wantsPage(Context context) {
        String accept = context.header("Accept");
        return accept != null && accept.contains("text/html");
    }
}
