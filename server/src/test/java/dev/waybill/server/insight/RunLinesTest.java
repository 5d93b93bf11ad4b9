package dev.waybill.server.insight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.Span;
import dev.waybill.core.project.Run;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunLinesTest {
    @Test
    void each_part_of_run_is_a_line_of_its_own() {
        Run run = new Run(
                List.of("java", "-jar", "my shop.jar"),
                new Run.Health("/health", null, null, new Span(Duration.ofSeconds(30))),
                Map.of("java", ">=25"));

        assertThat(RunLines.lines(run))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "command", "[java, -jar, \"my shop.jar\"]",
                        "health", "http /health",
                        "health.within", "30s",
                        "needs.java", ">=25"));
    }

    @Test
    void what_is_not_run_by_an_agent_has_no_lines() {
        assertThat(RunLines.lines(null)).isEmpty();
    }
}
