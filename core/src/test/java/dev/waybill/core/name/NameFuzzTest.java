package dev.waybill.core.name;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.problem.Promise;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Any text as each kind of name: what is taken is written as it was read. */
class NameFuzzTest {
    private static final List<Function<String, ?>> EXACT = List.of(
            Digest::parse,
            ApplicationName::new,
            EnvironmentName::new,
            Version::new,
            CommitId::new,
            ActorName::new,
            AgentName::new,
            Slot::parse,
            ReleaseId::parse);

    @FuzzTest
    void text(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        for (Function<String, ?> parser : EXACT) {
            Promise.hold(() -> assertThat(parser.apply(text)).hasToString(text));
        }
        Promise.hold(() -> {
            Span span = Span.parse(text);
            assertThat(Span.parse(span.toString())).isEqualTo(span);
        });
        Promise.hold(() -> reference(Ref.parse(text)));
    }

    /** A reference is made of names that hold by themselves, and the kinds do not overlap. */
    private static void reference(Ref ref) {
        String written = switch (ref) {
            case Ref.ByDigest r -> r.digest().toString();
            case Ref.ByCommit r -> r.application() + "@" + r.prefix();
            case Ref.ByVersion r -> r.application() + ":" + r.version();
            case Ref.InSlot r -> r.slot().toString();
            case Ref.ByRelease r -> r.release().toString();
        };
        try {
            assertThat(Ref.parse(written)).isEqualTo(ref);
        } catch (ProblemException e) {
            throw new AssertionError(written + " is written, and not read again", e);
        }
    }
}
