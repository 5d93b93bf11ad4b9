package dev.waybill.api.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Any bytes as a manifest, after a line with its Content-Type unless they start with a brace. No document that links to
 * anything is both an image and an index, whatever type is sent with it.
 */
class DocumentFuzzTest {
    private static final List<String> TYPES = List.of(Manifest.MEDIA_TYPE, Manifest.INDEX_MEDIA_TYPE);

    @FuzzTest
    void manifest(byte[] input) throws Exception {
        int line = input.length == 0 || input[0] == '{'
                ? -1
                : new String(input, StandardCharsets.ISO_8859_1).indexOf('\n');
        String type = line < 0 ? null : new String(input, 0, line, StandardCharsets.ISO_8859_1);
        byte[] bytes = Arrays.copyOfRange(input, line + 1, input.length);
        Promise.hold(() -> {
            Document document = Document.parse(bytes, type);
            assertThat(document).isEqualTo(Document.parse(bytes, document.mediaType()));
            assertThat(document.links()).allMatch(link -> link.size() >= 0);
            assertThat(document.isAbout() && document.subject() == null).isFalse();
        });
        Promise.hold(() -> {
            List<Document> readings = TYPES.stream()
                    .map(each -> read(bytes, each))
                    .filter(each -> each != null)
                    .toList();
            assertThat(readings.size() == 2
                            && readings.stream().anyMatch(each -> !each.links().isEmpty()))
                    .as("an image and an index at once")
                    .isFalse();
        });
    }

    private static @Nullable Document read(byte[] bytes, String type) {
        try {
            return Document.parse(bytes, type);
        } catch (ProblemException e) {
            return null;
        }
    }
}
