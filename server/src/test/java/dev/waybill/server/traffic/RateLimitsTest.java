package dev.waybill.server.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.problem.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitsTest {
    private static final long SECOND = 1_000_000_000L;

    private final RateLimits limits = new RateLimits(new Rates(2, 1), () -> Instant.EPOCH);

    @Test
    void ten_seconds_worth_passes_at_once_then_as_many_as_the_rate_and_each_for_itself() {
        for (int i = 0; i < 20; i++) {
            assertThat(limits.wait(true, "ci", 0)).isZero();
        }

        assertThat(limits.wait(true, "ci", 0)).isEqualTo(1);
        assertThat(limits.wait(true, "release-manager", 0)).isZero();
        assertThat(limits.wait(false, "ci", 0)).isZero();
        assertThat(limits.wait(true, "ci", SECOND / 2)).isZero();
        assertThat(limits.wait(true, "ci", SECOND / 2)).isEqualTo(1);
        assertThat(limits.wait(true, "ci", SECOND)).isZero();
    }

    @Test
    void nobody_saves_more_than_ten_seconds_worth() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.wait(false, "192.0.2.7", 1000 * SECOND)).isZero();
        }

        assertThat(limits.wait(false, "192.0.2.7", 1000 * SECOND)).isEqualTo(1);
    }

    @Test
    void one_line_has_one_bucket_however_many_addresses_of_ipv6_it_uses() {
        for (int i = 0; i < 10; i++) {
            assertThat(limits.wait(false, "2001:db8::" + i, 0)).isZero();
        }

        assertThat(limits.wait(false, "2001:db8:0:0:ffff::1", 0)).isEqualTo(1);
        assertThat(limits.wait(false, "2001:db8:0:1::1", 0)).isZero();
        assertThat(limits.size()).isEqualTo(2);
    }

    @Test
    void a_flood_of_addresses_takes_bounded_room_and_pushes_no_account_out() {
        for (int i = 0; i < 20; i++) {
            limits.wait(true, "ci", 0);
        }
        for (int i = 0; i < 50_000; i++) {
            limits.wait(false, "2001:db8:0:" + Integer.toHexString(i) + "::1", 0);
        }

        assertThat(limits.size()).isEqualTo(10_001);
        assertThat(limits.wait(true, "ci", 0)).isEqualTo(1);
        assertThat(limits.refused(10)).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("ci");
            assertThat(one.account()).isTrue();
            assertThat(one.times()).isEqualTo(1);
            assertThat(one.last()).isEqualTo(Instant.EPOCH);
        });
    }

    @Test
    void without_a_rate_nobody_waits_and_nothing_is_kept() {
        RateLimits none = new RateLimits(Rates.NONE, () -> Instant.EPOCH);
        for (int i = 0; i < 100_000; i++) {
            assertThat(none.wait(true, "ci" + i, 0)).isZero();
        }

        assertThat(none.size()).isZero();
    }

    @Test
    void rates_are_read_as_they_are_written() {
        assertThat(Rates.DEFAULT.with("account=5").with("address=none")).isEqualTo(new Rates(5, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "account", "account=0", "account=-1", "actor=5", "account=5/s", "account=99999999"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> Rates.DEFAULT.with(text))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("account=1000");
    }
}
