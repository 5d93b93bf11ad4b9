package dev.waybill.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whoever meets a code finds it in docs/problems.md; what stands there can be met. */
class ProblemCodesTest {
    private static final Pattern CONSTRUCTED = Pattern.compile("new Problem\\.\\w+\\(\\s*\"([A-Z][A-Z0-9_]*)\"");
    private static final Pattern LOOKS_LIKE_ONE = Pattern.compile("\"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\"");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]*)` \\|");

    /** Names of others that are written like codes: variables of environments, and words of sigstore's formats. */
    private static final Set<String> NO_CODES = Set.of(
            "BLOB_UPLOAD_INVALID", // only ever the registry's name for another code
            "DOCKER_CONFIG",
            "JAVA_HOME",
            "LC_ALL",
            "NO_COLOR",
            "PKIX_ECDSA_P256_SHA_256",
            "PKIX_ED25519",
            "REGISTRY_AUTH_FILE",
            "SHA2_256",
            "SOURCE_DATE_EPOCH",
            "XDG_CONFIG_HOME",
            "XDG_RUNTIME_DIR");

    @Test
    void every_code_of_the_sources_is_documented_and_nothing_else_is() throws IOException {
        Set<String> inSources = new TreeSet<>();
        for (Path file : Sources.files()) {
            String text = Files.readString(file);
            collect(CONSTRUCTED, text, inSources);
            if (!namesVariablesOfOthers(file)) {
                collect(LOOKS_LIKE_ONE, text, inSources);
            }
        }
        inSources.removeIf(code -> NO_CODES.contains(code) || code.startsWith("WAYBILL_"));
        Set<String> documented = new TreeSet<>();
        collect(DOCUMENTED, Files.readString(Sources.root().resolve("docs/problems.md")), documented);

        assertThat(documented)
                .describedAs("A new code needs a line in docs/problems.md: code, kind, when, what to do."
                        + " What is no code is named in NO_CODES")
                .containsExactlyInAnyOrderElementsOf(inSources);
    }

    /** The doctor reads other people's pipelines; the demo, a clean environment and configuration their variables. */
    private static boolean namesVariablesOfOthers(Path file) {
        String path = file.toString();
        return file.endsWith("CleanEnvironment.java")
                || file.endsWith("LoadingKeys.java")
                || path.contains("/demo/")
                || path.contains("/doctor/");
    }

    private static void collect(Pattern pattern, String text, Set<String> codes) {
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            codes.add(matcher.group(1));
        }
    }
}
