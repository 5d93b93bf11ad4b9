package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.note.NoteKey;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TrustRootTest extends Attacks {
    @Test
    void a_trust_file_comes_back_as_it_was_written() {
        TrustedKey agent = new TrustedKey(
                KeyRole.AGENT,
                "agent/one",
                trusted(KeyRole.AGENT).publicKey(),
                List.of(Slot.parse("production/shop")),
                List.of(),
                new TrustedKey.Validity(7, 12L));
        TrustRoot trust = new TrustRoot(
                TrustRoot.MEDIA_TYPE,
                List.of(
                        new TrustedLog(newLog().verifier(), 4L),
                        new TrustedLog(LEDGER.log().verifier(), null)),
                List.of(agent, trusted(KeyRole.INGEST)),
                List.of(newLog().cosignatureVerifier()),
                1);
        assertThat(TrustRoot.read(trust.write())).isEqualTo(trust);
    }

    @Test
    void what_might_have_been_meant_to_restrict_is_not_ignored() {
        String json = new String(LEDGER.trust().write(), StandardCharsets.UTF_8);
        for (String bad : List.of(
                json.replaceFirst("\\{", "{\"only\":\"x\","),
                json.replaceFirst("\"quorum\":0", "\"quorum\":1"),
                json.replaceFirst("\"quorum\":0", "\"quorum\":-1"),
                json.replaceFirst("\"quorum\":0,?", ""),
                json.replaceFirst("\"until\":[^}]*", "").replaceFirst("waybill.trust.v1", "waybill.trust.v2"),
                json.replaceFirst("\"publicKey\":\"....", "\"publicKey\":\"AAAA"))) {
            assertThat(bad).isNotEqualTo(json);
            assertThatThrownBy(() -> TrustRoot.read(bad.getBytes(StandardCharsets.UTF_8)))
                    .as(bad)
                    .isInstanceOf(ProblemException.class);
        }
    }

    @Test
    void an_origin_is_a_bare_host_name_and_stays_one() {
        KeyPair pair = LogKey.generate();
        for (String origin : List.of("ledger.acme.example:8080", "ledger.acme.example/log", "Ledger.acme.example")) {
            NoteKey key = new LogKey(origin, pair.getPrivate(), pair.getPublic().getEncoded()).verifier();
            refused("TRUST_INVALID", () -> TrustRoot.of(key, List.of()));
        }
        TrustedLog ours = new TrustedLog(LEDGER.log().verifier(), null);
        NoteKey elsewhere =
                new LogKey("other.example", pair.getPrivate(), pair.getPublic().getEncoded()).verifier();
        refused(
                "TRUST_INVALID",
                () -> new TrustRoot(
                        TrustRoot.MEDIA_TYPE, List.of(ours, new TrustedLog(elsewhere, null)), List.of(), List.of(), 0));
    }

    @Test
    void the_sigstore_trusted_root_names_the_log_as_cosign_itself_would() {
        byte[] der = Base64.getDecoder().decode("MCowBQYDK2VwAyEAQwkiRT8r9h8pnWbtXIz/wUcyzxnNFthY7Hqx4uNysqk=");
        NoteKey key = new NoteKey(
                "ledger.acme.example", NoteKey.ED25519, Arrays.copyOfRange(der, der.length - 32, der.length));
        JsonNode tlog = Json.parse(
                        SigstoreTrustedRoot.write(TrustRoot.of(key, List.of()), Instant.parse("2026-01-01T00:00:00Z")))
                .path("tlogs")
                .path(0);
        // `cosign trusted-root create --rekor=url=https://ledger.acme.example,public-key=...` of v3.1.2 wrote these.
        assertThat(tlog.path("logId").path("keyId").asString())
                .isEqualTo("12GWueTVZ1+Oyk4fE/RtQzII61VyPMKGA22cn98CZZM=");
        assertThat(tlog.path("baseUrl").asString()).isEqualTo("https://ledger.acme.example");
        assertThat(tlog.path("publicKey").path("validFor").path("start").asString())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void public_keys_go_through_pem_and_other_keys_are_refused() {
        byte[] key = trusted(KeyRole.INGEST).spki();
        String pem = PublicKeys.toPem(key);
        assertThat(pem).startsWith("-----BEGIN PUBLIC KEY-----\n").endsWith("-----END PUBLIC KEY-----\n");
        assertThat(PublicKeys.fromPem(pem)).isEqualTo(key);
        for (String bad : List.of(
                "",
                pem + pem,
                pem.replace("PUBLIC", "PRIVATE"),
                pem.replaceFirst("\nM", "\nA"),
                PublicKeys.toPem(LogKey.generate().getPublic().getEncoded()),
                PublicKeys.toPem(new byte[91]))) {
            assertThatThrownBy(() -> PublicKeys.fromPem(bad)).hasMessageStartingWith("KEY_INVALID");
        }
    }
}
