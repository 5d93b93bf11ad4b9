package dev.waybill.core.project;

import dev.waybill.core.json.Place;
import dev.waybill.core.name.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the artifact is started and when it is healthy.
 *
 * @param command program and arguments, relative to the unpacked artifact; no shell
 * @param health null when nothing but a living process is asked
 * @param needs what the host must have, by name: {@code java: ">=25"}
 */
public record Run(List<String> command, @Nullable Health health, Map<String, String> needs) {
    public Run {
        command = List.copyOf(command);
        needs = Map.copyOf(new TreeMap<>(needs));
    }

    /**
     * Exactly one of the three ways.
     *
     * @param http path that answers 2xx, on the port that the target's configuration names
     * @param tcp true when an accepted connection is enough
     * @param command program and arguments that exit 0
     * @param within how long after the start
     */
    public record Health(
            @Nullable String http,
            @Nullable Boolean tcp,
            @Nullable List<String> command,
            Span within) {
        /** Path and query as RFC 3986 has them, so that whoever asks can put them behind a host as they are. */
        private static final Pattern PATH = Pattern.compile("/(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*+");

        public static final Span DEFAULT_WITHIN = new Span(Duration.ofSeconds(30));

        static Health read(Place place) {
            place.only("http", "tcp", "command", "within");
            long ways = List.of("http", "tcp", "command").stream()
                    .filter(w -> place.find(w).isPresent())
                    .count();
            if (ways != 1) {
                throw place.refuse(
                        "health is asked in exactly one way, here are " + ways + ".",
                        "Write one of `http: /path`, `tcp: true`, `command: [..]`.");
            }
            return new Health(
                    place.find("http").map(Health::path).orElse(null),
                    place.find("tcp").map(Health::yes).orElse(null),
                    place.find("command").map(Run::words).orElse(null),
                    place.find("within").map(p -> p.parse(Span::parse)).orElse(DEFAULT_WITHIN));
        }

        private static String path(Place place) {
            if (!PATH.matcher(place.text()).matches()) {
                throw place.refuse(
                        "a path starts with /, and what a URL cannot hold (a space, | { } [ ] ^ \\, a % alone) is escaped.",
                        "Write for example /health.");
            }
            return place.text();
        }

        private static Boolean yes(Place place) {
            if (!place.node().isBoolean() || !place.node().booleanValue()) {
                throw place.refuse("only `true` says something here.", "Write `tcp: true`.");
            }
            return true;
        }
    }

    static Run read(Place place) {
        place.only("command", "health", "needs");
        return new Run(
                words(place.get("command")),
                place.find("health").map(Health::read).orElse(null),
                labels(place, "needs"));
    }

    static List<String> words(Place place) {
        List<String> words = place.items().stream().map(Place::label).toList();
        if (words.isEmpty()) {
            throw place.refuse("a command has at least a program.", "Write for example [java, -jar, shop.jar].");
        }
        if (words.stream().anyMatch(w -> w.indexOf('\0') >= 0)) {
            throw place.refuse("no program can be given a NUL character.", "Remove it.");
        }
        return words;
    }

    static Map<String, String> labels(Place place, String member) {
        Map<String, String> labels = new TreeMap<>();
        place.find(member).ifPresent(p -> p.members().forEach((name, value) -> labels.put(name, value.label())));
        return labels;
    }
}
