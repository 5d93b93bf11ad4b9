package dev.waybill.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.page.Words.Piece;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void what_stands_between_backquotes_is_something_to_type() {
        assertThat(Words.pieces("Promote it: `waybill promote X`, then wait."))
                .containsExactly(
                        new Piece("Promote it: ", false),
                        new Piece("waybill promote X", true),
                        new Piece(", then wait.", false));
    }

    @Test
    void a_lone_backquote_stays_what_it_is() {
        assertThat(Words.pieces("a ` b")).containsExactly(new Piece("a ` b", false));
        assertThat(Words.pieces("")).containsExactly(new Piece("", false));
    }

    @Test
    void a_name_may_break_behind_a_slash_and_never_inside_a_word() {
        assertThat(Words.breakable("production/greeter")).containsExactly("production/", "greeter");
        assertThat(Words.breakable("host-1")).containsExactly("host-1");
    }

    @Test
    void a_moment_is_never_torn_apart() {
        assertThat(Words.moments("deployed on host, 2026-11-21 22:15 UTC, seen 2026-11-21 22:16 UTC"))
                .containsExactly(
                        "deployed on host, ",
                        "2026-11-21",
                        " ",
                        "22:15 UTC",
                        ", seen ",
                        "2026-11-21",
                        " ",
                        "22:16 UTC",
                        "");
        assertThat(Words.isMoment("22:15 UTC")).isTrue();
        assertThat(Words.isMoment("entry 15")).isFalse();
    }
}
