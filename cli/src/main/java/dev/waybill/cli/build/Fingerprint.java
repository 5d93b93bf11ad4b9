package dev.waybill.cli.build;

import dev.waybill.api.client.Content;
import dev.waybill.core.json.Json;
import dev.waybill.core.predicate.ResourceDescriptor;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.project.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** What the machine was like when it built: recorded in the provenance, compared by `waybill builder diff`. */
final class Fingerprint {
    /** What a tool may take to say its version. */
    private static final Duration ANSWERS = Duration.ofSeconds(60);

    /** Files that pin dependencies, wherever they stand in the project. */
    private static final Set<String> LOCKS = Set.of(
            "package-lock.json",
            "npm-shrinkwrap.json",
            "yarn.lock",
            "pnpm-lock.yaml",
            "Cargo.lock",
            "go.sum",
            "poetry.lock",
            "Pipfile.lock",
            "requirements.txt",
            "uv.lock",
            "Gemfile.lock",
            "composer.lock",
            "gradle.lockfile",
            "pom.xml",
            "flake.lock");

    private Fingerprint() {}

    static ObjectNode of(Build build, CleanEnvironment environment, Path checkout, byte[] key) throws IOException {
        ObjectNode node = Json.object();
        node.put("os", System.getProperty("os.name"));
        node.put("architecture", System.getProperty("os.arch"));
        node.put("kernel", System.getProperty("os.version"));
        ObjectNode variables = node.putObject("environment");
        environment.shown(key).forEach(variables::put);
        ObjectNode tools = node.putObject("tools");
        for (String tool : new TreeSet<>(build.tools().keySet())) {
            ObjectNode seen = tools.putObject(tool);
            seen.put("declared", String.valueOf(build.tools().get(tool)));
            seen.put("version", version(tool, environment, checkout));
        }
        return node;
    }

    /** Lock files with their hashes: what the build was told to use. */
    static List<ResourceDescriptor> locks(Path checkout) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(checkout, 6)) {
            files = walk.filter(file -> LOCKS.contains(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        List<ResourceDescriptor> locks = new ArrayList<>();
        for (Path file : files) {
            String name = checkout.relativize(file).toString().replace('\\', '/');
            locks.add(new ResourceDescriptor(
                    name, null, Map.of("sha256", Content.of(file).digest().hex()), null, null));
        }
        return locks;
    }

    /** The first line of {@code TOOL --version}; a tool that is not there is part of the fingerprint too. */
    private static String version(String tool, CleanEnvironment environment, Path checkout) {
        List<String> lines = new ArrayList<>();
        try {
            String program = tool.equals("maven") ? "mvn" : tool;
            new ShellRun(checkout, environment.all(), lines::add, ANSWERS).run(List.of(program, "--version"));
        } catch (ProblemException e) {
            return "no answer";
        } catch (IOException e) {
            return "not found";
        }
        return lines.stream()
                .map(line -> line.replaceAll("\\u001b\\[[0-9;]*m", "").strip())
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse("silent");
    }
}
