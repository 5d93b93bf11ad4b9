package dev.waybill.server.tag;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Any text as the class of some tags: what is taken is written as it was read, and asked of the longest names in time. */
class TagPatternFuzzTest {
    private static final ApplicationName LONG = new ApplicationName("a".repeat(200));
    private static final Version TAG = new Version("a".repeat(128));

    @FuzzTest
    void pattern(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Promise.hold(() -> {
            TagPattern pattern = TagPattern.parse(text);
            assertThat(pattern.repository() + ":" + pattern.tag() + "="
                            + pattern.is().name().toLowerCase(Locale.ROOT))
                    .isEqualTo(text);
            pattern.matches(LONG, TAG);
        });
    }
}
