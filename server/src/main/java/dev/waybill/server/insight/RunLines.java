package dev.waybill.server.insight;

import dev.waybill.api.insight.DiffView;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.core.project.Run;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The {@code run:} of two artifacts, line by line: a new command or another health check changes what happens at the
 * switch although no file did.
 */
final class RunLines {
    private static final String RUN = "run";
    private static final String UNREADABLE = "not readable here: its bytes are gone, or a later version wrote them";

    private RunLines() {}

    /** The lines that differ, by name. */
    static List<DiffView.KeyChanged> between(Artifacts artifacts, Artifact a, Artifact b) {
        if (a.digest().equals(b.digest())) {
            return List.of();
        }
        Map<String, String> before = of(artifacts, a);
        Map<String, String> after = of(artifacts, b);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(n -> !Objects.equals(before.get(n), after.get(n)))
                .map(n -> new DiffView.KeyChanged(
                        n, Diff.change(before.get(n), after.get(n)), before.get(n), after.get(n)))
                .toList();
    }

    /** Bytes that are gone take no answer with them: the rest of a comparison stands. */
    private static Map<String, String> of(Artifacts artifacts, Artifact artifact) {
        try {
            return lines(artifacts.config(artifact).map(ArtifactConfig::run).orElse(null));
        } catch (IOException | ProblemException e) {
            return Map.of(RUN, UNREADABLE);
        }
    }

    static Map<String, String> lines(@Nullable Run run) {
        Map<String, String> lines = new TreeMap<>();
        if (run == null) {
            return lines;
        }
        lines.put("command", words(run.command()));
        run.needs().forEach((name, need) -> lines.put("needs." + name, need));
        Run.Health health = run.health();
        if (health != null) {
            List<String> command = health.command();
            lines.put(
                    "health",
                    health.http() != null
                            ? "http " + health.http()
                            : command == null ? "tcp" : "command " + words(command));
            lines.put("health.within", health.within().toString());
        }
        return lines;
    }

    /** As one writes them in YAML, so that a word with a space stays one word. */
    private static String words(List<String> words) {
        return words.stream()
                .map(w -> w.matches("[A-Za-z0-9_./=:@%+-]+") ? w : "\"" + w.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
