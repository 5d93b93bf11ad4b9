package dev.waybill.agent.config;

import dev.waybill.core.json.Place;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Slot;
import dev.waybill.core.name.Span;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code agent.yaml}.
 *
 * @param directory the agent's own state: key, trust, content, what is to be reported
 * @param heartbeat how often it says that it lives
 */
public record AgentConfig(URI server, AgentName name, Path directory, Duration heartbeat, List<Target> targets) {
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(60);
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    public AgentConfig {
        targets = List.copyOf(targets);
    }

    /** @param keep how many good releases stay for going back */
    public record Target(Slot slot, String name, Path root, int keep) {
        private static Target read(Place place, Path base) {
            place.only("slot", "driver", "root", "name", "keep");
            place.find("driver").ifPresent(driver -> {
                if (!driver.text().equals("directory")) {
                    throw driver.refuse("the only driver is `directory`.", "Write `driver: directory`.");
                }
            });
            Place name = place.find("name").orElse(place.get("slot"));
            return new Target(
                    place.get("slot").parse(Slot::parse),
                    name.text(),
                    place.get("root").parse(text -> path(base, text)),
                    place.find("keep").map(p -> p.whole(1, 100)).orElse(3));
        }
    }

    public static AgentConfig load(Path file) throws IOException {
        try {
            return read(Files.readAllBytes(file), file);
        } catch (NoSuchFileException e) {
            throw malformed(file, "there is no such file.");
        }
    }

    static AgentConfig read(byte[] bytes, Path file) {
        Path absolute = file.toAbsolutePath();
        Path base = absolute.getParent() == null ? absolute : absolute.getParent();
        return read(Place.root(yaml(bytes, file)), base);
    }

    private static AgentConfig read(Place root, Path base) {
        root.only("server", "name", "directory", "heartbeat", "targets");
        List<Target> targets = root.get("targets").items().stream()
                .map(place -> Target.read(place, base))
                .toList();
        Set<Object> seen = new HashSet<>();
        for (Target target : targets) {
            if (!seen.add(target.slot()) || !seen.add(target.name()) || !seen.add(target.root())) {
                throw root.get("targets")
                        .refuse(
                                target.slot() + " shares its slot, name or root with another target.",
                                "Give each target its own.");
            }
        }
        return new AgentConfig(
                root.get("server").parse(AgentConfig::address),
                root.get("name").parse(AgentName::new),
                root.get("directory").parse(text -> path(base, text)),
                root.find("heartbeat").map(AgentConfig::heartbeat).orElse(Duration.ofSeconds(5)),
                targets);
    }

    /** The server hears from the agent how long it is, and calls a target unknown after two of them, or after 15 seconds. */
    private static Duration heartbeat(Place place) {
        Duration length = place.parse(Span::parse).length();
        if (length.compareTo(LONGEST_HEARTBEAT) > 0 || length.compareTo(Duration.ofSeconds(1)) < 0) {
            throw place.refuse(
                    "a heartbeat is 1 to " + LONGEST_HEARTBEAT.toSeconds()
                            + " seconds long: what is silent for longer is called unknown too late.",
                    "Write `heartbeat: 5s`.");
        }
        return length;
    }

    /** {@code URL_INVALID} for what is no address at all; whoever connects asks for more. */
    public static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new Problem.Malformed(
                            "URL_INVALID",
                            "Reading the server's address '" + text + "'",
                            "it is not of the form http://HOST:PORT or https://HOST.",
                            "Give the address that `waybill server` printed.")
                    .exception();
        }
    }

    private static Path path(Path base, String text) {
        try {
            return base.resolve(text).normalize();
        } catch (InvalidPathException e) {
            throw new Problem.Malformed(
                            "DOCUMENT_INVALID",
                            "Reading a path",
                            "this machine has no such path: " + e.getReason() + ".",
                            "Write a path of this machine.")
                    .exception();
        }
    }

    public Map<Slot, String> targetNames() {
        Map<Slot, String> names = new TreeMap<>();
        targets.forEach(t -> names.put(t.slot(), t.name()));
        return names;
    }

    private static JsonNode yaml(byte[] bytes, Path file) {
        try {
            return YAML.readTree(bytes);
        } catch (JacksonException e) {
            TokenStreamLocation at = e.getLocation();
            String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            throw malformed(
                    file, place + e.getOriginalMessage().lines().findFirst().orElse("it is not YAML") + ".");
        }
    }

    private static RuntimeException malformed(Path file, String why) {
        return new Problem.Malformed(
                        "AGENT_CONFIG_INVALID",
                        "Reading " + file,
                        why,
                        "Write server, name, directory and targets, as docs/agent.md shows.")
                .exception();
    }
}
