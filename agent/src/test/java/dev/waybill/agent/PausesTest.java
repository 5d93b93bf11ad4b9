package dev.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PausesTest {
    private final Pauses pauses = new Pauses();

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void what_is_lost_again_and_again_waits_twice_as_long_up_to_a_minute() {
        List<Long> seconds =
                Stream.generate(pauses::lost).limit(9).map(Duration::toSeconds).toList();

        assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
    }

    @Test
    void what_was_well_for_a_minute_begins_with_a_second_again() {
        pauses.lost();
        pauses.lost();
        pauses.well(at(100));
        pauses.well(at(160));

        assertThat(pauses.lost()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void what_was_well_for_less_goes_on_where_it_was() {
        pauses.lost();
        pauses.lost();
        pauses.well(at(100));
        pauses.well(at(159));

        assertThat(pauses.lost()).isEqualTo(Duration.ofSeconds(4));
    }
}
