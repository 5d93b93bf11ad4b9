package dev.waybill.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SurrogatesTest {
    @Test
    void an_escape_for_half_a_character_is_refused_wherever_it_stands() {
        for (String half : List.of("\\ud83d", "\\uDE00", "\\ude00\\ud83d")) {
            for (String json : List.of("\"" + half + "\"", "[[\"" + half + "\"]]", "{\"a\":{\"" + half + "\":1}}")) {
                assertThatThrownBy(() -> Json.parse(json.getBytes(StandardCharsets.UTF_8)))
                        .as(json)
                        .hasMessageStartingWith("MALFORMED");
            }
        }
    }

    @Test
    void both_halves_are_one_character_and_a_deep_document_is_searched_once() {
        assertThat(Json.parse("\"\\ud83d\\ude00\"".getBytes(StandardCharsets.UTF_8))
                        .asString())
                .isEqualTo("\uD83D\uDE00");
        String deep = "{\"a\":".repeat(60) + "\"\\ud83d\\ude00\"" + "}".repeat(60);
        assertThat(Json.parse(deep.getBytes(StandardCharsets.UTF_8)).isObject()).isTrue();
    }
}
