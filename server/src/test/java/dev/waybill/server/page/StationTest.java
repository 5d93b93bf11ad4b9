package dev.waybill.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.api.insight.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

class StationTest {
    @Test
    void environments_stand_in_the_order_in_which_the_artifact_was_let_in() {
        List<Station> stations = Station.of(List.of(
                fact("production", "refused: too early", 1),
                fact("dev", "approved: 4 gates passed", 2),
                fact("staging", "approved: 6 gates passed", 3),
                fact("production", "approved: 8 gates passed", 4)));

        assertThat(stations).extracting(Station::name).containsExactly("dev", "staging", "production");
        assertThat(stations.getLast().stops()).extracting(Station.Stop::word).containsExactly("refused", "approved");
    }

    @Test
    void an_environment_that_only_refused_stands_last() {
        List<Station> stations = Station.of(
                List.of(fact("production", "refused: too early", 1), fact("dev", "approved: 4 gates passed", 2)));

        assertThat(stations).extracting(Station::name).containsExactly("dev", "production");
    }

    private static Fact fact(String environment, String text, long index) {
        return new Fact(environment, text, true, null, index, "server");
    }
}
