package dev.waybill.cli.build;

import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds what a build declared, by path or pattern. */
public final class Outputs {
    private static final String WILD = "*?[{";

    /** @param name what it is called in the artifact: the file name, or the path below the fixed part of its pattern */
    public record Output(String name, Path path) {}

    private Outputs() {}

    /** Every pattern must match: {@code OUTPUT_MISSING}; two files of one name are {@code OUTPUT_AMBIGUOUS}. */
    public static List<Output> declared(Path directory, List<String> patterns) throws IOException {
        Map<String, Output> found = new TreeMap<>();
        for (String pattern : patterns) {
            List<Output> matches = matching(directory, pattern);
            if (matches.isEmpty()) {
                throw refuse(
                        "OUTPUT_MISSING",
                        "the build left nothing at " + pattern + ".",
                        "Correct `outputs` in waybill.yaml, or the command.");
            }
            for (Output match : matches) {
                Output other = found.put(match.name(), match);
                if (other != null && !other.path().equals(match.path())) {
                    throw refuse(
                            "OUTPUT_AMBIGUOUS",
                            "two outputs would be called " + match.name() + ".",
                            "Name them so that the file names differ.");
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** Sorted by name; empty when nothing matches. Links that lead outside the checkout are refused. */
    public static List<Output> matching(Path directory, String pattern) throws IOException {
        int wild = firstWild(pattern);
        if (wild < 0) {
            Path path = directory.resolve(pattern).normalize();
            return Files.exists(path)
                    ? List.of(new Output(path.getFileName().toString(), inside(directory, path)))
                    : List.of();
        }
        int slash = pattern.lastIndexOf('/', wild);
        Path base = slash < 0 ? directory : directory.resolve(pattern.substring(0, slash));
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.substring(slash + 1));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(base)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .sorted()
                    .toList();
        }
        List<Output> outputs = new ArrayList<>();
        for (Path file : files) {
            outputs.add(new Output(base.relativize(file).toString().replace('\\', '/'), inside(directory, file)));
        }
        return outputs;
    }

    private static Path inside(Path directory, Path path) throws IOException {
        if (!path.toRealPath().startsWith(directory.toRealPath())) {
            throw refuse("OUTPUT_OUTSIDE", path + " leads out of the checkout.", "Copy it into the checkout.");
        }
        return path;
    }

    private static int firstWild(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (WILD.indexOf(pattern.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static ProblemException refuse(String code, String missing, String next) {
        return new Problem.Refused(code, "Collecting the build's outputs", missing, next).exception();
    }
}
