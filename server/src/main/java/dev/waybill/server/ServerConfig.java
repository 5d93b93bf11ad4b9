package dev.waybill.server;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.text.Closest;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.traffic.Rates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the command line said.
 *
 * @param data the data directory
 * @param host address to listen on; loopback unless a trusted proxy ends TLS in front
 * @param port 0 takes any free one
 * @param origin the ledger's bare host name, fixed at the first start; null derives one from the log key
 * @param terms what becomes of artifacts that nothing keeps
 * @param rates how often anybody may ask
 * @param check start, answer, stop: tries a configuration without serving
 * @param database a jdbc:postgresql URL, or null for SQLite inside the data directory
 */
public record ServerConfig(
        Path data,
        String host,
        int port,
        @Nullable String origin,
        @Nullable String database,
        boolean behindProxy,
        Terms terms,
        RegistryOptions registry,
        Rates rates,
        boolean check) {
    static final String USAGE =
            "waybill server --data DIR [--port 8080] [--host ADDRESS --behind-proxy] [--origin HOST] [--database JDBC-URL] [--keep-unpromoted DAYS|forever] [--public-pull APP]... [--tags REPO:TAG=CLASS]... [--quota APP=SIZE]... [--uploads NUMBER:SIZE] [--rate account|address=N]... [--check]";

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    static final String HELP = """
            Usage: %s
            Run the server.
                  --data DIR        Where it keeps everything; made at the first start.
                  --port N          The port to listen on; 0 takes any free one (default: 8080).
                  --host ADDRESS    The address to listen on (default: 127.0.0.1).
                  --behind-proxy    Says that a proxy ends TLS in front; other addresses than loopback need it.
                  --origin HOST     The ledger's name, a bare host name, fixed at the first start (default: derived
                                      from the log key).
                  --database URL    jdbc:postgresql://... (default: WAYBILL_DATABASE, or else SQLite in DIR).
                  --keep-unpromoted DAYS|forever
                                    How long an artifact stays that was never promoted and that nothing else keeps
                                      (default: 90).
                  --public-pull APP Lets everybody pull this application's artifacts without a token; may be given again.
                  --tags REPO:TAG=CLASS
                                    How matching tags move: immutable (the default), forward (an alias such as latest,
                                      only to higher versions) or floating; * matches anything; may be given again,
                                      the first that matches holds.
                  --quota APP=SIZE  How much the application may hold in the registry, such as shop=50GB or '*=10GB'; may be
                                      given again, the first that matches holds (default: no limit).
                  --uploads NUMBER:SIZE
                                    What one account may have on its way to the registry (default: 1000:256GB).
                  --rate account|address=N
                                    How many requests a second one account, and one address without a token, may send on
                                      average, ten times as many at once; or none (default: account=1000, address=100).
                  --check           Start, answer one request, stop: tries these options.
              -h, --help            Show this help.
            The first start prints the address and a one-time admin token.
            Exit codes: 0 stopped as asked, 2 misuse, 3 it cannot start.
            """.formatted(USAGE);

    public static ServerConfig of(Path data, int port) {
        return new ServerConfig(
                data, "127.0.0.1", port, null, null, false, Terms.DEFAULT, RegistryOptions.NONE, Rates.DEFAULT, false);
    }

    public ServerConfig {
        boolean loopback = host.equals("127.0.0.1") || host.equals("::1") || host.equals("localhost");
        if (!loopback && !behindProxy) {
            throw misuse(
                    "tokens and secrets would cross the network in clear on " + host + ".",
                    "Listen on 127.0.0.1 behind a proxy that ends TLS, and say so with --behind-proxy.");
        }
    }

    static ServerConfig parse(List<String> arguments) {
        Deque<String> rest = new ArrayDeque<>(arguments);
        Path data = null;
        String host = "127.0.0.1";
        int port = 8080;
        String origin = null;
        String database = System.getenv("WAYBILL_DATABASE");
        boolean behindProxy = false;
        // No option: it is there to hold the collector against pushes and kills, and would take from users what they
        // need.
        Terms terms = Boolean.getBoolean("waybill.garbage.at-once") ? Terms.AT_ONCE : Terms.DEFAULT;
        RegistryOptions registry = RegistryOptions.NONE;
        Rates rates = Rates.DEFAULT;
        boolean check = false;
        while (!rest.isEmpty()) {
            String option = rest.pop();
            switch (option) {
                case "--data" -> data = directory(value(option, rest));
                case "--host" -> host = value(option, rest);
                case "--port" -> port = port(value(option, rest));
                case "--origin" -> origin = value(option, rest);
                case "--database" -> database = value(option, rest);
                case "--behind-proxy" -> behindProxy = true;
                case "--keep-unpromoted" -> terms = terms.keeping(days(value(option, rest)));
                case "--rate" -> rates = rates.with(value(option, rest));
                case "--check" -> check = true;
                default ->
                    registry = registry.with(option, () -> value(option, rest)).orElseThrow(() -> unknown(option));
            }
        }
        if (data == null) {
            throw misuse(
                    "--data is missing: the server keeps everything in one directory.",
                    "Write for example `waybill server --data /var/lib/waybill`; `waybill server --help` lists what else"
                            + " there is.");
        }
        return new ServerConfig(data, host, port, origin, database, behindProxy, terms, registry, rates, check);
    }

    /** An empty name is most often a variable that nobody set, and would mean wherever somebody happens to stand. */
    private static Path directory(String name) {
        if (name.isBlank()) {
            throw misuse("--data names no directory.", "Write it out, for example --data /var/lib/waybill.");
        }
        return Path.of(name).toAbsolutePath().normalize();
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw misuse(option + " needs a value.", "See `waybill server --help`.");
        }
        return rest.pop();
    }

    private static @Nullable Duration days(String text) {
        if (text.equals("forever")) {
            return null;
        }
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw misuse("'" + text + "' is no time to keep.", "Give a number of days, or `forever`.");
        }
        return Duration.ofDays(Long.parseLong(text));
    }

    private static int port(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65535) {
            throw misuse("'" + text + "' is no port.", "Give a number between 0 and 65535.");
        }
        return Integer.parseInt(text);
    }

    private static RuntimeException unknown(String word) {
        List<String> options = OPTION.matcher(HELP)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        List<String> close = Closest.to(word, options);
        return misuse(
                "there is no option '" + word + "'."
                        + (close.isEmpty() ? "" : " Did you mean " + String.join(" or ", close) + "?"),
                "See `waybill server --help`.");
    }

    private static RuntimeException misuse(String missing, String next) {
        return new Problem.Malformed("SERVER_OPTIONS", "Starting the server", missing, next).exception();
    }
}
