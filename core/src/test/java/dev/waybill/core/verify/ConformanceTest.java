package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.core.bundle.Bundle;
import dev.waybill.core.bundle.BundleParser;
import dev.waybill.core.bundle.Bytes;
import dev.waybill.core.json.Json;
import dev.waybill.core.ledger.Leaf;
import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.merkle.Hash;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.LogIdentity;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.note.SignedNote;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Dsse;
import dev.waybill.core.statement.PublicKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The corpus of sigstore-conformance (bundle-verify). Waybill accepts keys of its own trust file only, so every keyless
 * bundle is refused by name; what such a bundle says about its log is checked all the same, by the parts of the verifier.
 */
class ConformanceTest {
    private static final Set<String> STRUCTURE = Set.of("MALFORMED", "BUNDLE_VERSION_UNKNOWN");

    /** Negative cases that are about signature, log entry, proof or checkpoint of a Rekor v2 log, and what refuses them. */
    private static final Map<String, String> REKOR2_REFUSALS = new TreeMap<>(Map.of(
            "rekor2-checkpoint-missing-log-signature_fail", "NOTE_MALFORMED",
            "rekor2-checkpoint-missing-origin_fail", "NOTE_MALFORMED",
            "rekor2-checkpoint-missing-root-hash_fail", "NOTE_MALFORMED",
            "rekor2-checkpoint-missing-size_fail", "NOTE_MALFORMED",
            "rekor2-checkpoint-no-matching-signature_fail", "LOG_KEY_INVALID",
            "rekor2-dsse-invalid-sig_fail", "SIGNATURE_INVALID",
            "rekor2-dsse-mismatch-envelope_fail", "INCLUSION_INVALID",
            "rekor2-dsse-mismatch-sig_fail", "INCLUSION_INVALID",
            "rekor2-no-inclusion-proof_fail", "MALFORMED"));

    /** Public staging witnesses, as their operators publish them. */
    private static final List<NoteKey> WITNESSES = Stream.of(
                    "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
                    "staging.witness.transparency.goog/ring-any-bells+2e1a8dc9+BG5JTpLc3FJtwzgh1Uv+Qelz9qeOH2bfWjS1s0s+y4rL",
                    "witness.navigli.sunlight.geomys.org+a3e00fe2+BNy/co4C1Hn1p+INwJrfUlgz7W55dSZReusH/GhUhJ/G")
            .map(NoteKey::parse)
            .toList();

    private Path corpus = Path.of("");

    @BeforeEach
    void find_the_corpus() {
        String data = System.getenv("WAYBILL_TEST_DATA");
        assumeTrue(data != null, "WAYBILL_TEST_DATA is not set: the sigstore-conformance corpus is missing");
        corpus = Path.of(Objects.requireNonNull(data), "sigstore-conformance", "bundle-verify");
        assumeTrue(Files.isDirectory(corpus), () -> "WAYBILL_TEST_DATA has no sigstore-conformance/bundle-verify");
    }

    @Test
    void every_case_that_must_fail_is_refused() throws IOException {
        for (String name : cases("_fail")) {
            assertThat(refusal(name)).as(name).isNotEmpty();
        }
        assertThat(cases("_fail")).hasSizeGreaterThanOrEqualTo(49);
    }

    @Test
    void every_keyless_bundle_is_refused_because_it_is_keyless_or_not_even_well_formed() throws IOException {
        Set<String> malformed = new TreeSet<>();
        for (String name : cases("")) {
            if (name.startsWith("managed-key")) {
                continue;
            }
            String code = refusal(name);
            if (STRUCTURE.contains(code)) {
                malformed.add(name);
            } else {
                assertThat(code).as(name).isEqualTo("KEYLESS_NOT_ACCEPTED");
            }
        }
        assertThat(malformed)
                .allMatch(name -> name.endsWith("_fail"))
                .contains(
                        "bundle-empty-certificate-chain_fail",
                        "bundle-invalid-base64-signature_fail",
                        "bundle-malformed-json_fail",
                        "bundle-negative-log-index_fail",
                        "bundle-unknown-version_fail",
                        "intoto-missing-inclusion-proof_fail",
                        "rekor2-no-inclusion-proof_fail");
    }

    @Test
    void managed_keys_verify_or_are_refused_as_named() throws IOException {
        assertThat(refusal("managed-key-happy-path")).isEmpty();
        assertThat(refusal("managed-key-and-trusted-root")).isEmpty();
        assertThat(refusal("managed-key-wrong-key_fail")).isEqualTo("SIGNATURE_INVALID");
        assertThat(refusal("managed-key-no-key_fail")).isEqualTo("STATEMENT_MISSING");
        PinnedKey key = PinnedKey.fromPem(Files.readString(corpus.resolve("managed-key-happy-path/key.pub")));
        byte[] bundle = bundle("managed-key-happy-path");
        assertThat(code(() -> key.blob(bundle, new byte[] {1}))).isEqualTo("SUBJECT_MISMATCH");
    }

    @Test
    void the_leaf_made_again_is_in_the_log_of_every_positive_rekor_v2_case() throws Exception {
        int seen = 0;
        for (String name : cases("")) {
            if (name.startsWith("rekor2-") && !name.endsWith("_fail")) {
                Bundle bundle = BundleParser.parse(bundle(name));
                byte[] leaf = leaf(name, bundle);
                assertThat(bundle.entries().getFirst().body()).as(name).isEqualTo(Bytes.of(leaf));
                checkLog(name, bundle, leaf);
                seen++;
            }
        }
        assertThat(seen).isEqualTo(10);
    }

    @Test
    void every_negative_rekor_v2_case_about_the_log_is_refused_by_the_part_that_it_attacks() {
        Map<String, String> refusals = new TreeMap<>();
        for (String name : REKOR2_REFUSALS.keySet()) {
            refusals.put(name, code(() -> {
                Bundle bundle = BundleParser.parse(bundle(name));
                checkLog(name, bundle, leaf(name, bundle));
            }));
        }
        assertThat(refusals).isEqualTo(REKOR2_REFUSALS);
    }

    @Test
    void cosignatures_of_public_witnesses_verify() throws IOException {
        Bundle bundle = BundleParser.parse(bundle("rekor2-dsse-happy-path"));
        SignedNote note = SignedNote.parse(checkpoint(bundle));
        assertThat(LogIdentity.cosignatures(note, WITNESSES)).hasSize(3);
        SignedNote other = new SignedNote(note.text().replace("4026479", "4026478"), note.signatures());
        assertThat(code(() -> LogIdentity.cosignatures(other, WITNESSES))).isEqualTo("COSIGNATURE_INVALID");
    }

    /** The code of the refusal, or nothing when the case verifies: as the suite's command line protocol would run us. */
    private String refusal(String name) throws IOException {
        byte[] json = bundle(name);
        Path key = corpus.resolve(name).resolve("key.pub");
        if (Files.exists(key)) {
            String pem = Files.readString(key);
            byte[] artifact = artifact(name);
            return code(() -> PinnedKey.fromPem(pem).blob(json, artifact));
        }
        Verifier verifier = new Verifier(new StaticLedger().trust());
        return code(() -> verifier.verify(json, Question.ANY));
    }

    private void checkLog(String name, Bundle bundle, byte[] leaf) throws IOException {
        Bundle.LogEntry entry = bundle.entries().getFirst();
        Bundle.Inclusion inclusion = Objects.requireNonNull(entry.inclusion());
        TrustRoot trust = TrustRoot.of(rekorKey(name, entry), List.of());
        LogCheck.check(trust, Hash.leaf(leaf), inclusion.proof(), checkpoint(bundle));
    }

    /** Checks the signature under the certificate's key, then makes the leaf from what was verified. */
    private byte[] leaf(String name, Bundle bundle) throws Exception {
        byte[] certificate = ((Bundle.Certificate) bundle.material()).der().array();
        byte[] spki = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate))
                .getPublicKey()
                .getEncoded();
        byte[] message;
        byte[] signature;
        if (bundle.content() instanceof Bundle.Envelope envelope) {
            message = Dsse.preAuthenticationEncoding(
                    envelope.payloadType(), envelope.payload().array());
            signature = envelope.signature().array();
        } else {
            message = artifact(name);
            signature = ((Bundle.Message) bundle.content()).signature().array();
        }
        if (!PublicKeys.verifies(spki, message, signature)) {
            throw Untrusted.because("SIGNATURE_INVALID", "the certificate's key did not make it.");
        }
        return Leaf.of(Digest.sha256(message), signature, Leaf.Verifier.CERTIFICATE, certificate);
    }

    private NoteKey rekorKey(String name, Bundle.LogEntry entry) throws IOException {
        JsonNode root = Json.parse(Files.readAllBytes(corpus.resolve(name).resolve("trusted_root.json")));
        for (JsonNode tlog : root.path("tlogs")) {
            if (tlog.path("publicKey").path("keyDetails").asString().equals("PKIX_ED25519")) {
                byte[] spki = Bytes.base64(
                                "key", tlog.path("publicKey").path("rawBytes").asString())
                        .array();
                String host = URI.create(tlog.path("baseUrl").asString()).getHost();
                byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
                NoteKey key = new NoteKey(host, NoteKey.ED25519, raw);
                if (entry.logId().equals(Bytes.of(key.hash()))) {
                    return key;
                }
            }
        }
        throw Untrusted.because("LOG_KEY_INVALID", "the trusted root does not name the log.");
    }

    private static String checkpoint(Bundle bundle) {
        return Objects.requireNonNull(
                Objects.requireNonNull(bundle.entries().getFirst().inclusion()).checkpoint());
    }

    private byte[] bundle(String name) throws IOException {
        return Files.readAllBytes(corpus.resolve(name).resolve("bundle.sigstore.json"));
    }

    private byte[] artifact(String name) throws IOException {
        Path own = corpus.resolve(name).resolve("artifact");
        return Files.readAllBytes(Files.exists(own) ? own : corpus.resolve("a.txt"));
    }

    private List<String> cases(String suffix) throws IOException {
        try (Stream<Path> directories = Files.list(corpus)) {
            return directories
                    .filter(Files::isDirectory)
                    .map(directory ->
                            Objects.requireNonNull(directory.getFileName()).toString())
                    .filter(name -> name.endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /** An attempt that may also fail to read a file. */
    private interface Attempt {
        void run() throws Exception;
    }

    private static String code(Attempt attempt) {
        Throwable thrown = catchThrowable(attempt::run);
        if (thrown == null) {
            return "";
        }
        assertThat(thrown).isInstanceOf(ProblemException.class);
        return ((ProblemException) thrown).problem().code();
    }
}
