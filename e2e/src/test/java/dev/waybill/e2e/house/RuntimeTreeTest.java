package dev.waybill.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What runs with Waybill is known, small, and written down in docs/dependencies.md with licence and reason. */
class RuntimeTreeTest {
    /** A new jar needs a reason; a larger bound needs a better one. */
    private static final int MOST = 40;

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `[^`:]+:([^`:]+)` \\| ([^ |]+) \\|");

    @Test
    void every_jar_that_runs_is_documented_with_its_version_and_nothing_else_is() throws IOException {
        Set<String> jars = shipped();
        System.out.println("Runs with Waybill (" + jars.size() + "):\n" + String.join("\n", jars));

        assertThat(documented()).containsExactlyInAnyOrderElementsOf(jars);
        assertThat(jars).hasSizeLessThanOrEqualTo(MOST);
    }

    /** The distribution itself: the class path of these tests also holds what only tests need. */
    private static Set<String> shipped() throws IOException {
        try (Stream<Path> lib = Files.list(Sources.root().resolve("cli/target/waybill/lib"))) {
            return lib.map(jar -> jar.getFileName().toString())
                    .filter(jar -> !jar.startsWith("waybill-"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static List<String> documented() throws IOException {
        Path document = Sources.root().resolve("docs/dependencies.md");
        return DOCUMENTED
                .matcher(Files.readString(document))
                .results()
                .map(m -> m.group(1) + "-" + m.group(2) + ".jar")
                .toList();
    }
}
