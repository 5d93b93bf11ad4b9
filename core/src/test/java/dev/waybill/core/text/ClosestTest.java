package dev.waybill.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ClosestTest {
    private static final List<String> COMMANDS = List.of(
            "demo",
            "server",
            "login",
            "token",
            "agent",
            "build",
            "register",
            "test",
            "attest",
            "pull",
            "tag",
            "apply",
            "config",
            "promote",
            "status",
            "approve",
            "reject",
            "hold",
            "pin",
            "veto",
            "rollback",
            "record",
            "running",
            "why",
            "trace",
            "history",
            "diff",
            "doctor",
            "verify",
            "ledger");

    @Test
    void a_letter_too_few_too_many_or_another_is_a_slip() {
        assertThat(Closest.to("promot", COMMANDS)).containsExactly("promote");
        assertThat(Closest.to("buildd", COMMANDS)).containsExactly("build");
        assertThat(Closest.to("rollbeck", COMMANDS)).containsExactly("rollback");
    }

    @Test
    void neighbours_in_the_wrong_order_are_one_slip() {
        assertThat(Closest.to("stauts", COMMANDS)).containsExactly("status");
        assertThat(Closest.to("hlod", COMMANDS)).containsExactly("hold");
    }

    @Test
    void a_beginning_means_its_continuations() {
        assertThat(Closest.to("run", COMMANDS)).containsExactly("running");
        assertThat(Closest.to("hist", COMMANDS)).containsExactly("history");
        assertThat(Closest.to("re", COMMANDS)).isEmpty();
    }

    @Test
    void the_likeliest_comes_first_and_never_more_than_three() {
        assertThat(Closest.to("test", List.of("tests", "test", "text", "teat", "best")))
                .hasSize(3)
                .startsWith("test");
    }

    @Test
    void what_is_far_away_is_not_suggested() {
        assertThat(Closest.to("frobnicate", COMMANDS)).isEmpty();
        assertThat(Closest.to("deploy", COMMANDS)).doesNotContain("demo");
        assertThat(Closest.to("xy", COMMANDS)).isEmpty();
        assertThat(Closest.to("", COMMANDS)).isEmpty();
    }
}
