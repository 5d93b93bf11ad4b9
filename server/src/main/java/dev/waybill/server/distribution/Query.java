package dev.waybill.server.distribution;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A query string, decoded once. Unknown parameters are ignored, as the specification demands ({@code ns=} of mirrors). */
record Query(List<Parameter> parameters) {
    private static final int MOST_PARAMETERS = 200;

    record Parameter(String name, String value) {}

    Query {
        parameters = List.copyOf(parameters);
    }

    static Query parse(@Nullable String raw) {
        List<Parameter> found = new ArrayList<>();
        if (raw == null || raw.isEmpty()) {
            return new Query(found);
        }
        for (String pair : raw.split("&", MOST_PARAMETERS + 1)) {
            if (found.size() == MOST_PARAMETERS) {
                throw malformed("it has more than " + MOST_PARAMETERS + " parameters.");
            }
            int equals = pair.indexOf('=');
            found.add(
                    equals < 0
                            ? new Parameter(decode(pair), "")
                            : new Parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))));
        }
        return new Query(found);
    }

    Optional<String> one(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .findFirst();
    }

    List<String> all(String name) {
        return parameters.stream()
                .filter(p -> p.name().equals(name))
                .map(Parameter::value)
                .toList();
    }

    OciRoute.Page page() {
        int n = one("n").map(Query::count).orElse(-1);
        return new OciRoute.Page(n, one("last").filter(l -> !l.isEmpty()).orElse(null));
    }

    private static int count(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw malformed("n=" + shown(text) + " is not a number.");
        }
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("'" + shown(text) + "' is not percent-encoded.");
        }
    }

    private static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }

    private static ProblemException malformed(String what) {
        return new Problem.Malformed("QUERY_INVALID", "Reading the query", what, "Correct it and ask again.")
                .exception();
    }
}
