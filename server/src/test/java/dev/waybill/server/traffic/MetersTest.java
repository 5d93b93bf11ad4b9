package dev.waybill.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.traffic.Meters.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The text format as Prometheus' documents describe it (exposition formats, version 0.0.4). */
class MetersTest {
    private final Meters meters = new Meters();

    @Test
    void lines_of_one_name_stand_together_below_help_and_type() {
        Meters.Counter asked = meters.counter("asked_total", "How often.", "route", "status");
        asked.add(2, "blobs", "200");
        asked.add(1, "api", "404");
        asked.add(3, "blobs", "200");
        meters.gauge("open", "What is open.", List.of(), () -> List.of(Sample.of(1.5)));

        assertThat(meters.text()).isEqualTo("""
                # HELP asked_total How often.
                # TYPE asked_total counter
                asked_total{route="api",status="404"} 1
                asked_total{route="blobs",status="200"} 5
                # HELP open What is open.
                # TYPE open gauge
                open 1.5
                # HELP waybill_figures_failed_total Figures that could not be read and were left out.
                # TYPE waybill_figures_failed_total counter
                waybill_figures_failed_total 0
                """);
    }

    @Test
    void a_timing_counts_in_every_bucket_from_its_own_on() {
        Meters.Timing took = meters.timing("took_seconds", "How long.", "route");
        took.add(3_000_000, "api");
        took.add(700_000_000, "api");
        took.add(90_000_000_000L, "api");

        assertThat(meters.text())
                .contains("took_seconds_bucket{route=\"api\",le=\"0.005\"} 1\n")
                .contains("took_seconds_bucket{route=\"api\",le=\"0.5\"} 1\n")
                .contains("took_seconds_bucket{route=\"api\",le=\"2.5\"} 2\n")
                .contains("took_seconds_bucket{route=\"api\",le=\"60\"} 2\n")
                .contains("took_seconds_bucket{route=\"api\",le=\"+Inf\"} 3\n")
                .contains("took_seconds_sum{route=\"api\"} 90.703\n")
                .contains("took_seconds_count{route=\"api\"} 3\n");
    }

    @Test
    void a_label_that_holds_what_ends_it_is_escaped() {
        meters.gauge("held", "a\\b\nc", List.of("name"), () -> List.of(new Sample(List.of("a\"b\\c\nd"), 1)));

        assertThat(meters.text()).contains("# HELP held a\\\\b\\nc\n").contains("held{name=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void a_figure_has_so_many_series_and_what_comes_beyond_is_added_up() {
        Meters.Counter asked = meters.counter("asked_total", "How often.", "who");
        for (int i = 0; i < 10_000; i++) {
            asked.add(1, "somebody-" + i);
        }

        assertThat(meters.text().lines().filter(line -> line.startsWith("asked_total{")))
                .hasSize(501);
        assertThat(meters.text()).contains("asked_total{who=\"other\"} 9500\n");
    }

    @Test
    void a_figure_that_cannot_be_read_is_left_out_counted_and_keeps_no_other_from_being_shown() {
        meters.gauge("broken", "Not there.", List.of(), () -> {
            throw new IllegalStateException("the database is away");
        });
        meters.gauge("whole", "There.", List.of(), () -> List.of(Sample.of(7)));

        assertThat(meters.text()).doesNotContain("broken").contains("whole 7\n", "waybill_figures_failed_total 1\n");
    }
}
