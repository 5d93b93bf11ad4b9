package dev.waybill.e2e;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * Programs and rights of this machine that are not ours. A test without its part is skipped with the part's name; with
 * {@code WAYBILL_REAL_PARTS=all}, as in CI, it fails instead.
 */
public final class RealParts {
    private RealParts() {}

    /** A program on the path or in Go's own directory. */
    public static Path program(String name) {
        return find(name).orElseThrow(() -> missing("the program " + name));
    }

    public static Optional<Path> find(String name) {
        String places = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + System.getProperty("user.home")
                + "/go/bin";
        for (String place : places.split(File.pathSeparator)) {
            Path file = Path.of(place).resolve(name);
            if (!place.isEmpty() && Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Skips or fails; returns only for the compiler's sake. */
    public static AssertionError missing(String part) {
        if ("all".equals(System.getenv("WAYBILL_REAL_PARTS"))) {
            return new AssertionError("this machine lacks " + part + ", and WAYBILL_REAL_PARTS=all forbids to skip");
        }
        throw new TestAbortedException("this machine lacks " + part);
    }
}
