package dev.waybill.server.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.problem.ProblemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaPatternTest {
    @ParameterizedTest
    @CsvSource({
        "shop=1B, 1",
        "shop=7kB, 7000",
        "shop=50GB, 50000000000",
        "'*=9TB', 9000000000000",
        "shop=999999999999B, 999999999999"
    })
    void a_size_is_a_number_and_a_unit_in_thousands(String text, long bytes) {
        assertThat(QuotaPattern.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "shop=",
                "shop=50",
                "shop=50GiB",
                "shop=0GB",
                "shop=-1GB",
                "shop=1.5GB",
                "Shop=1GB",
                "=1GB",
                "shop=999999999999TB",
                "shop=1GB=2GB",
                "shop:tag=1GB"
            })
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> QuotaPattern.parse(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("shop=50GB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", "0:1GB", "1000:", "x:1GB", "1000:1", "9999999:1GB"})
    void a_bound_is_a_number_and_a_size(String text) {
        assertThat(Bound.parse("20:3GB")).isEqualTo(new Bound(20, 3_000_000_000L));
        assertThatThrownBy(() -> Bound.parse(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void the_first_pattern_that_matches_holds() {
        Quotas quotas = new Quotas(
                List.of(QuotaPattern.parse("shop=1GB"), QuotaPattern.parse("shop/*=2GB"), QuotaPattern.parse("*=3GB")),
                name -> 0);

        assertThat(quotas.limit(new ApplicationName("shop"))).hasValue(1_000_000_000L);
        assertThat(quotas.limit(new ApplicationName("shop/api"))).hasValue(2_000_000_000L);
        assertThat(quotas.limit(new ApplicationName("shopping"))).hasValue(3_000_000_000L);
        assertThat(new Quotas(List.of(), name -> 0).limit(new ApplicationName("shop")))
                .isEmpty();
    }
}
