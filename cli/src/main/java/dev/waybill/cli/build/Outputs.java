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
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Finds what a build declared, by path or pattern. */
public final class Outputs {
    private static final String WILD = "*?[{";
    private static final String GIT = ".git";

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
                    ? List.of(new Output(path.getFileName().toString(), usable(directory, path)))
                    : List.of();
        }
        int slash = pattern.lastIndexOf('/', wild);
        Path base = slash < 0 ? directory : directory.resolve(pattern.substring(0, slash));
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        PathMatcher matcher = glob(pattern.substring(slash + 1));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(base)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(base.relativize(file)))
                    .sorted()
                    .toList();
        }
        List<Output> outputs = new ArrayList<>();
        for (Path file : files) {
            outputs.add(new Output(base.relativize(file).toString().replace('\\', '/'), usable(directory, file)));
        }
        return outputs;
    }

    /** What can be packed: inside the checkout, but neither all of it nor its history, and a file or a directory. */
    private static Path usable(Path directory, Path path) throws IOException {
        Path real = path.toRealPath();
        Path checkout = directory.toRealPath();
        if (!real.startsWith(checkout)) {
            throw refuse("OUTPUT_OUTSIDE", path + " leads out of the checkout.", "Copy it into the checkout.");
        }
        Path below = checkout.relativize(real);
        if (real.equals(checkout) || isHistory(below)) {
            throw refuse(
                    "OUTPUT_IS_SOURCE",
                    (real.equals(checkout) ? "the checkout itself" : below.toString())
                            + " is an output, and holds the history in " + GIT + ".",
                    "Let the build write into a directory of its own, such as target/, and name that in `outputs`.");
        }
        // Reading a pipe waits for somebody to write into it, and nobody does.
        if (!Files.isRegularFile(real) && !Files.isDirectory(real)) {
            throw refuse(
                    "OUTPUT_NOT_A_FILE",
                    below + " is neither a file nor a directory.",
                    "Let the build write a file there, or take it out of `outputs`.");
        }
        return path;
    }

    /** True for what lies in, or is, a directory that git keeps its history in; its bytes differ from clone to clone. */
    static boolean isHistory(Path below) {
        for (Path name : below) {
            if (name.toString().equals(GIT)) {
                return true;
            }
        }
        return false;
    }

    private static PathMatcher glob(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (PatternSyntaxException e) {
            throw refuse(
                    "OUTPUT_PATTERN_INVALID",
                    "'" + pattern + "' is no pattern (" + e.getDescription() + ").",
                    "Close its brackets, or write the path without any of " + WILD + ".");
        }
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
