package dev.waybill.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Any pattern and any text, each on its line: what matches is what the same regular expression matches, where that ends. */
class GlobFuzzTest {
    private static final int FEW_STARS = 2;

    @FuzzTest
    void pattern(byte[] input) throws Exception {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        String pattern = lines[0];
        String text = lines.length > 1 ? lines[1] : "";
        Promise.hold(() -> {
            boolean matches = Glob.matches(pattern, text);
            if (pattern.chars().filter(c -> c == '*').count() <= FEW_STARS && text.length() < 60) {
                String same = Arrays.stream(pattern.split("\\*", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*"));
                assertThat(matches)
                        .isEqualTo(Pattern.compile(same, Pattern.DOTALL)
                                .matcher(text)
                                .matches());
            }
        });
    }
}
