package dev.waybill.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Attack 23: documents that two parsers would read differently are read by none. */
class BundleParserTest {
    private static final StaticLedger LEDGER = StaticLedger.ofSize(9);
    private static final String GOOD = new String(LEDGER.bundle(4), StandardCharsets.UTF_8);

    @Test
    void what_was_written_comes_back() {
        Bundle bundle = parse(GOOD);
        assertThat(bundle.material())
                .isEqualTo(new Bundle.KeyHint(LEDGER.logged(4).signed().keyId()));
        Bundle.LogEntry entry = bundle.entries().getFirst();
        assertThat(entry.index()).isEqualTo(4);
        assertThat(entry.inclusion()).isNotNull();
        assertThat(((Bundle.Envelope) bundle.content()).payload().array())
                .isEqualTo(LEDGER.logged(4).signed().payload());
    }

    @Test
    void all_media_types_of_0_1_to_0_3_are_read_and_no_other() {
        for (String type : List.of(
                "application/vnd.dev.sigstore.bundle+json;version=0.1",
                "application/vnd.dev.sigstore.bundle+json;version=0.2",
                "application/vnd.dev.sigstore.bundle+json;version=0.3",
                "application/vnd.dev.sigstore.bundle.v0.1+json",
                "application/vnd.dev.sigstore.bundle.v0.2+json")) {
            assertThat(parse(GOOD.replace(Bundle.MEDIA_TYPE, type))).isEqualTo(parse(GOOD));
        }
        assertThatThrownBy(() -> parse(GOOD.replace("v0.3", "v0.4"))).hasMessageStartingWith("BUNDLE_VERSION_UNKNOWN");
    }

    @Test
    void url_safe_base64_is_the_same_and_sloppy_base64_is_refused() {
        String payload =
                Base64.getEncoder().encodeToString(LEDGER.logged(4).signed().payload());
        String urlSafe =
                Base64.getUrlEncoder().encodeToString(LEDGER.logged(4).signed().payload());
        assertThat(parse(GOOD.replace(payload, urlSafe))).isEqualTo(parse(GOOD));
        assertThat(Bytes.base64("x", "QQ==").array()).containsExactly('A');
        for (String sloppy : List.of("QR==", "QQ", "QQ=", "QQ==\n", " QQ==", "Q===", "+/-_", "*")) {
            assertThatThrownBy(() -> Bytes.base64("x", sloppy)).as(sloppy).hasMessageStartingWith("MALFORMED");
        }
    }

    @Test
    void json_that_parsers_disagree_on_is_refused() {
        List<String> bad = new ArrayList<>(List.of(
                "\uFEFF" + GOOD,
                GOOD + "x",
                GOOD + "{}",
                GOOD.replaceFirst("\\{", "{\"mediaType\":\"x\","),
                GOOD.replaceFirst("\"logIndex\":\"4\"", "\"logIndex\":4e0"),
                GOOD.replaceFirst("\"logIndex\":\"4\"", "\"logIndex\":\"04\""),
                GOOD.replaceFirst("\"logIndex\":\"4\"", "\"logIndex\":\"9999999999999999999\""),
                GOOD.replaceFirst("\"hint\":\"[^\"]*\"", "\"hint\":\"\\\\ud800\""),
                GOOD.replaceFirst("\"publicKey\":\\{[^}]*}", "\"publicKey\":null"),
                GOOD.replaceFirst("\"dsseEnvelope\"", "\"dsseEnvelop\""),
                "[".repeat(100_000),
                "",
                "null"));
        for (String json : bad) {
            assertThatThrownBy(() -> verifier().verify(json.getBytes(StandardCharsets.UTF_8), Question.ANY))
                    .as(json.substring(0, Math.min(200, json.length())))
                    .isInstanceOf(ProblemException.class);
        }
        byte[] latin = GOOD.replaceFirst("\"hint\":\"", "\"hint\":\"\u00e9").getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> BundleParser.parse(latin)).hasMessageStartingWith("MALFORMED");
    }

    @Test
    void the_same_log_entry_twice_and_too_many_are_refused() {
        int start = GOOD.indexOf("[", GOOD.indexOf("tlogEntries")) + 1;
        int end = GOOD.indexOf("}]},\"dsseEnvelope\"") + 1;
        String entry = GOOD.substring(start, end);
        String twice = GOOD.substring(0, end) + "," + entry + GOOD.substring(end);
        assertThatThrownBy(() -> parse(twice)).hasMessageContaining("twice");
        String many = GOOD.substring(0, end) + ("," + entry).repeat(32) + GOOD.substring(end);
        assertThatThrownBy(() -> parse(many)).hasMessageContaining("33 log entries");
    }

    @Test
    void whatever_byte_is_changed_the_verifier_says_the_same_or_refuses() {
        Random random = new Random(7);
        Verifier verifier = verifier();
        int accepted = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] json = GOOD.getBytes(StandardCharsets.UTF_8);
            int at = random.nextInt(json.length);
            json[at] = (byte) (random.nextBoolean() ? json[at] ^ (1 << random.nextInt(8)) : random.nextInt(128));
            try {
                Verified verified = verifier.verify(json, Question.ANY);
                assertThat(verified.id()).isEqualTo(LEDGER.logged(4).signed().id());
                assertThat(verified.index()).isEqualTo(4);
                accepted++;
            } catch (ProblemException e) {
                assertThat(e.problem().code()).isNotEmpty();
            }
        }
        // Only the key hint, the name of an ignored member and whitespace are free to change.
        assertThat(accepted).isLessThan(150);
    }

    private static Verifier verifier() {
        return new Verifier(LEDGER.trust());
    }

    private static Bundle parse(String json) {
        return BundleParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }
}
