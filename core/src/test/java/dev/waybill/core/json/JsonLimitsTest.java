package dev.waybill.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What a document may be, so that a few bytes of it never take a lot of memory. */
class JsonLimitsTest {
    private static byte[] objects(int count) {
        return ("[{}" + ",{}".repeat(count - 1) + "]").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_document_of_very_many_tiny_values_is_refused_though_it_is_short() {
        byte[] many = objects(Json.MAX_TOKENS / 2);

        assertThat(many.length).isLessThan(Json.MAX_BYTES / 4);
        assertThatThrownBy(() -> Json.parse(many))
                .hasMessageStartingWith("MALFORMED")
                .hasMessageContaining("2000000");
    }

    @Test
    void a_long_list_is_none_of_these() {
        assertThat(Json.parse(objects(100_000))).hasSize(100_000);
    }
}
