package dev.waybill.agent.host;

import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this host has: programs on its path and JDKs. Answers what an artifact needs with a search path that has it in front. */
public final class Host {
    private static final Pattern JAVA_VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"([0-9._+-]+)\"");

    private final List<Path> searchPath;
    private final List<Path> javaHomes;

    Host(List<Path> searchPath, List<Path> javaHomes) {
        this.searchPath = List.copyOf(searchPath);
        this.javaHomes = List.copyOf(javaHomes);
    }

    public static Host here() {
        Set<Path> homes = new LinkedHashSet<>();
        Optional.ofNullable(System.getenv("JAVA_HOME")).map(Path::of).ifPresent(homes::add);
        homes.add(Path.of(System.getProperty("java.home")));
        for (String place : List.of("/usr/lib/jvm", "/opt/java", "/usr/java", "/Library/Java/JavaVirtualMachines")) {
            homes.addAll(children(Path.of(place)));
        }
        return new Host(pathEntries(), List.copyOf(homes));
    }

    /** The PATH for a process with these needs; {@code HOST_LACKS} names the first that this host cannot meet. */
    public String pathFor(Map<String, String> needs) {
        List<String> entries = new ArrayList<>();
        for (Map.Entry<String, String> need : needs.entrySet()) {
            VersionNeed wanted = VersionNeed.parse(need.getKey(), need.getValue());
            if (need.getKey().equals("java")) {
                entries.add(java(wanted).resolve("bin").toString());
            } else if (!has(need.getKey())) {
                throw lacks(need.getKey() + " " + need.getValue(), "no program of that name is on the agent's PATH.");
            } else {
                wanted.requireAny(need.getKey());
            }
        }
        searchPath.forEach(p -> entries.add(p.toString()));
        return String.join(":", entries);
    }

    private boolean has(String program) {
        return searchPath.stream().anyMatch(p -> Files.isExecutable(p.resolve(program)));
    }

    private Path java(VersionNeed wanted) {
        List<String> seen = new ArrayList<>();
        for (Path home : javaHomes) {
            Optional<String> version = javaVersion(home);
            if (version.filter(wanted::isMetBy).isPresent()) {
                return home;
            }
            version.ifPresent(seen::add);
        }
        throw lacks(
                "java " + wanted.text(),
                "the JDKs found are " + (seen.isEmpty() ? "none" : String.join(", ", seen)) + ".");
    }

    private static Optional<String> javaVersion(Path home) {
        try {
            if (!Files.isExecutable(home.resolve("bin/java"))) {
                return Optional.empty();
            }
            Matcher matcher = JAVA_VERSION.matcher(Files.readString(home.resolve("release")));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<Path> onPath(String program) {
        return pathEntries().stream()
                .map(p -> p.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static List<Path> pathEntries() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/local/bin:/usr/bin:/bin");
        return Stream.of(path.split(":"))
                .filter(p -> p.startsWith("/"))
                .map(Path::of)
                .toList();
    }

    private static List<Path> children(Path directory) {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    static RuntimeException lacks(String what, String found) {
        return new Problem.Refused(
                        "HOST_LACKS",
                        "Preparing this host for the release",
                        "it needs " + what + ", and " + found,
                        "Install it on the host and promote again.")
                .exception();
    }
}
