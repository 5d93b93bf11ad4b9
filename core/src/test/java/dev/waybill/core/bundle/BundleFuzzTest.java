package dev.waybill.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.problem.Promise;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.verify.PinnedKey;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verified;
import dev.waybill.core.verify.Verifier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Any bytes as a bundle, a statement, a trust file and a key. A bundle that verifies under the trust of the first seed is
 * that seed: its statement is the one that was signed.
 */
class BundleFuzzTest {
    private static final Digest ARTIFACT = Digest.sha256("artifact number 3\n".getBytes(StandardCharsets.UTF_8));
    private static final TrustRoot TRUST = TrustRoot.read(seed("trust.json"));
    private static final Digest SIGNED = new Verifier(TRUST)
            .verify(seed("bundle.json"), Question.of(PredicateTypes.PROVENANCE))
            .id();

    @FuzzTest
    void bytes(byte[] input) throws Exception {
        Promise.hold(() -> {
            Verified verified = new Verifier(TRUST).verify(input, Question.about(ARTIFACT, PredicateTypes.PROVENANCE));
            assertThat(verified.id()).isEqualTo(SIGNED);
        });
        Promise.hold(() -> entries(BundleParser.parse(input)));
        Promise.hold(() -> {
            Statement statement = Statement.parse(input);
            assertThat(Statement.parse(statement.payload())).isEqualTo(statement);
        });
        Promise.hold(() -> {
            TrustRoot trust = TrustRoot.read(input);
            assertThat(TrustRoot.read(trust.write())).isEqualTo(trust);
            new Verifier(trust).verify(seed("bundle.json"), Question.of(PredicateTypes.PROVENANCE));
        });
        Promise.hold(() -> PinnedKey.fromPem(new String(input, StandardCharsets.UTF_8)));
    }

    private static void entries(Bundle bundle) {
        for (Bundle.LogEntry entry : bundle.entries()) {
            assertThat(entry.index()).isNotNegative();
            if (entry.inclusion() != null) {
                root(entry.inclusion(), entry);
            }
        }
    }

    private static void root(Bundle.Inclusion inclusion, Bundle.LogEntry entry) {
        try {
            inclusion.proof().root(Hash.leaf(entry.body().array()));
        } catch (ProblemException e) {
            assertThat(e.problem().code()).isEqualTo("INCLUSION_INVALID");
        }
    }

    private static byte[] seed(String name) {
        try (InputStream in = Objects.requireNonNull(
                BundleFuzzTest.class.getResourceAsStream("BundleFuzzTestInputs/bytes/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
