package dev.waybill.core.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanTest {
    @ParameterizedTest
    @CsvSource({"30s,30s", "90s,1m30s", "1h,1h", "60m,1h", "2d,2d", "1d24h,2d", "1h30m,1h30m", "366d,366d"})
    void a_length_of_time_is_written_the_shortest_way(String text, String shortest) {
        assertThat(Span.parse(text)).hasToString(shortest);
        assertThat(Span.parse(shortest)).isEqualTo(Span.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0s",
                "1",
                "s",
                "-1s",
                "1 h",
                "1H",
                "1s1m",
                "1.5h",
                "367d",
                "999999999d",
                "9999999999s",
                "PT1H"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Span.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("SPAN_INVALID");
    }
}
