package dev.waybill.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Any bytes as a test report. What a document type or an entity would bring in is in no name. */
class JunitFuzzTest {
    @FuzzTest
    void report(byte[] input) throws Exception {
        Promise.hold(() -> {
            JunitReport report = JunitReport.parse("report.xml", new ByteArrayInputStream(input));
            assertThat(report.cases()).hasSizeLessThanOrEqualTo(input.length);
            assertThat(report.cases()).allMatch(each -> each.name().length() <= 512);
            String text = new String(input, StandardCharsets.ISO_8859_1);
            assertThat(text).doesNotContain("<!DOCTYPE", "<!ENTITY");
        });
    }
}
