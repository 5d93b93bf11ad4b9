package dev.waybill.core.note;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Any bytes as a signed note, and any text as a key: what is taken is written byte for byte as it came. */
class NoteFuzzTest {
    private static final NoteKey KEY =
            NoteKey.parse("witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv");

    @FuzzTest
    void note(byte[] input) throws Exception {
        Promise.hold(() -> {
            SignedNote note = SignedNote.parse(input);
            assertThat(note.bytes()).isEqualTo(input);
            LogIdentity.cosignatures(note, List.of(KEY));
        });
        Promise.hold(() -> {
            SignedNote note = SignedNote.parse(input);
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            assertThat(note.text()).startsWith(checkpoint.text());
            LogIdentity.of(KEY).open(note);
        });
        String text = new String(input, StandardCharsets.UTF_8);
        Promise.hold(() -> assertThat(NoteKey.parse(text)).hasToString(text));
    }
}
