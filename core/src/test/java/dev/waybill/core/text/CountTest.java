package dev.waybill.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountTest {
    @Test
    void one_is_singular_and_none_and_several_are_plural() {
        assertThat(Count.of(1, "file")).isEqualTo("1 file");
        assertThat(Count.of(0, "file")).isEqualTo("0 files");
        assertThat(Count.of(2, "file")).isEqualTo("2 files");
    }

    @Test
    void words_that_change_otherwise_are_given_whole() {
        assertThat(Count.of(1, "key differs", "keys differ")).isEqualTo("1 key differs");
        assertThat(Count.of(3, "entry", "entries")).isEqualTo("3 entries");
    }
}
