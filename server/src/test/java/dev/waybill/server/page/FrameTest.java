package dev.waybill.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FrameTest {
    private final Frame frame = new Frame("", null, "/", "", false, Instant.parse("2026-11-20T14:30:00Z"));

    @Test
    void times_inside_sentences_are_told_as_people_read_them() {
        assertThat(text("Needed since 2026-11-20T14:02:03.5Z by 2026-11-19T08:00:00Z."))
                .isEqualTo("Needed since 14:02 UTC by 19 Nov 08:00 UTC.");
        assertThat(text("At 2026-99-99T99:99:99Z.")).isEqualTo("At 2026-99-99T99:99:99Z.");
    }

    @Test
    void a_time_inside_a_sentence_is_known_exactly() {
        List<Frame.Piece> pieces = frame.pieces("The approval on 2026-11-20T14:02:03.5Z is void.");

        assertThat(pieces)
                .filteredOn(piece -> piece.when() != null)
                .singleElement()
                .satisfies(piece ->
                        assertThat(Objects.requireNonNull(piece.when()).exact()).isEqualTo("2026-11-20 14:02:03 UTC"));
    }

    @Test
    void what_is_to_be_typed_stays_as_it_is() {
        assertThat(frame.pieces("Try `waybill x --at 2026-11-20T14:02:03Z`."))
                .contains(new Frame.Piece("waybill x --at 2026-11-20T14:02:03Z", true, null));
    }

    private String text(String sentence) {
        return frame.pieces(sentence).stream().map(Frame.Piece::text).collect(Collectors.joining());
    }
}
