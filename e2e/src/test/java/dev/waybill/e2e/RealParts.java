package dev.waybill.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Programs and rights of this machine that are not ours. A test without its part is skipped with the part's name; with
 * {@code WAYBILL_REAL_PARTS=all}, as in CI, it fails instead.
 */
final class RealParts {
    private RealParts() {}

    /** A program on the path or in Go's own directory. */
    static Path program(String name) {
        return find(name).orElseGet(() -> missing("the program " + name));
    }

    static Optional<Path> find(String name) {
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

    static <T> T missing(String part) {
        if ("all".equals(System.getenv("WAYBILL_REAL_PARTS"))) {
            return fail("this machine lacks " + part + ", and WAYBILL_REAL_PARTS=all forbids to skip");
        }
        return abort("this machine lacks " + part);
    }
}
