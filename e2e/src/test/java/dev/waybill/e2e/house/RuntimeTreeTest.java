package dev.waybill.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs with Waybill is known, small, and written down in docs/dependencies.md with licence and reason. */
class RuntimeTreeTest {
    /** A new jar needs a reason; a larger bound needs a better one. */
    private static final int MOST = 40;

    private static final Pattern IN_REPOSITORY = Pattern.compile(".*/repository/(.+)/([^/]+)/([^/]+)/[^/]+\\.jar");

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([^`:]+:[^`:]+)` \\| ([^ |]+) \\|");

    /** Only beside this module, never in the distribution. */
    private static final Set<String> FOR_TESTS = Set.of(
            "com.tngtech.archunit",
            "com.microsoft.playwright",
            "com.google.code.gson",
            "com.google.errorprone",
            "net.bytebuddy",
            "org.apiguardian",
            "org.assertj",
            "org.java-websocket",
            "org.junit.jupiter",
            "org.junit.platform",
            "org.opentest4j");

    @Test
    void every_jar_that_runs_is_documented_with_its_version_and_nothing_else_is() throws IOException {
        Set<String> jars = new TreeSet<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            coordinates(entry).filter(jar -> !isForTests(jar)).forEach(jars::add);
        }
        System.out.println("Runs with Waybill (" + jars.size() + "):\n" + String.join("\n", jars));

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(jars);
        assertThat(jars).hasSizeLessThanOrEqualTo(MOST);
    }

    private static List<String> documented() throws IOException {
        Path document = Sources.root().resolve("docs/dependencies.md");
        return DOCUMENTED
                .matcher(Files.readString(document))
                .results()
                .map(m -> m.group(1) + ":" + m.group(2))
                .collect(Collectors.toList());
    }

    private static Stream<String> coordinates(String entry) {
        return IN_REPOSITORY
                .matcher(entry.replace(File.separatorChar, '/'))
                .results()
                .map(RuntimeTreeTest::coordinates);
    }

    private static String coordinates(MatchResult jar) {
        return jar.group(1).replace('/', '.') + ":" + jar.group(2) + ":" + jar.group(3);
    }

    private static boolean isForTests(String jar) {
        return FOR_TESTS.contains(jar.substring(0, jar.indexOf(':')));
    }
}
