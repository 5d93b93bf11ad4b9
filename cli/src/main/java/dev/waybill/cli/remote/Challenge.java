package dev.waybill.cli.remote;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry demands (RFC 9110, 11.6.1): its scheme in lower case and its parameters, names in lower case. */
record Challenge(String scheme, Map<String, String> parameters) {
    private static final int LONGEST = 8192;
    private static final Pattern SCHEME = Pattern.compile("^\\s*([A-Za-z]+)(\\s|$)");
    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_-]+)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s,\"]++))");

    Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The first that is Bearer, else the first that is Basic. */
    static Optional<Challenge> of(List<String> headers) {
        List<Challenge> known = headers.stream()
                .filter(header -> header.length() <= LONGEST)
                .flatMap(header -> parse(header).stream())
                .toList();
        return known.stream()
                .filter(c -> c.scheme().equals("bearer"))
                .findFirst()
                .or(() -> known.stream().filter(c -> c.scheme().equals("basic")).findFirst());
    }

    private static Optional<Challenge> parse(String header) {
        Matcher scheme = SCHEME.matcher(header);
        if (!scheme.find()) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(header.substring(scheme.end()));
        while (parameter.find()) {
            String quoted = parameter.group(2);
            parameters.putIfAbsent(
                    parameter.group(1).toLowerCase(Locale.ROOT),
                    quoted == null ? parameter.group(3) : quoted.replaceAll("\\\\(.)", "$1"));
        }
        return Optional.of(new Challenge(scheme.group(1).toLowerCase(Locale.ROOT), parameters));
    }
}
