package dev.waybill.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class StyleTest {
    private static final String COLOURED = "\u001b[1;32mBUILD\u001b[0m ok\u001b[2K";

    @Test
    void somebody_elses_escapes_stay_where_colour_is_shown() {
        assertThat(Style.COLOUR.fit(COLOURED)).isEqualTo(COLOURED);
    }

    @Test
    void somebody_elses_escapes_go_where_nobody_sees_colour() {
        assertThat(Style.PLAIN.fit(COLOURED)).isEqualTo("BUILD ok");
        assertThat(Style.PLAIN.fit("plain [32m text")).isEqualTo("plain [32m text");
    }

    @Test
    void colour_is_shown_to_people_who_did_not_refuse_it() {
        assertThat(Style.of(true, Map.of())).isEqualTo(Style.COLOUR);
        assertThat(Style.of(false, Map.of())).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(Style.PLAIN);
        assertThat(Style.of(true, Map.of("NO_COLOR", ""))).isEqualTo(Style.COLOUR);
        assertThat(Style.of(true, Map.of("TERM", "dumb"))).isEqualTo(Style.PLAIN);
    }
}
