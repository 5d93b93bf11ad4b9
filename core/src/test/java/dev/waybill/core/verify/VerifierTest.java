package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.name.Digest;
import dev.waybill.core.note.LogKey;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The attacks on a statement, its bundle and its log entry that reference the threat model; each has its code. */
class VerifierTest extends Attacks {
    @Test
    void a_statement_in_the_ledger_verifies_from_its_bundle_and_from_the_servers_answer() {
        Verified fromBundle = verifier.verify(LEDGER.bundle(5), question(5));
        Verified fromAnswer = verifier.verify(LEDGER.logged(5), question(5));
        for (Verified verified : List.of(fromBundle, fromAnswer)) {
            assertThat(verified.id()).isEqualTo(LEDGER.logged(5).signed().id());
            assertThat(verified.role()).isEqualTo(KeyRole.INGEST);
            assertThat(verified.index()).isEqualTo(5);
            assertThat(verified.checkpoint().size()).isEqualTo(SIZE);
            assertThat(verified.statement().predicateType()).isEqualTo(PredicateTypes.PROVENANCE);
        }
    }

    @Test
    void the_first_and_only_entry_of_a_ledger_verifies() {
        StaticLedger one = StaticLedger.ofSize(1);
        assertThat(new Verifier(one.trust()).verify(one.bundle(0), Question.ANY).index())
                .isZero();
    }

    @Test
    void attack_1_the_subject_is_another_artifact() {
        refused("SUBJECT_MISMATCH", () -> verifier.verify(LEDGER.bundle(5), question(6)));
    }

    @Test
    void attack_2_the_subject_has_no_digest_that_counts() {
        Digest wanted = Digest.sha256(StaticLedger.artifact(5));
        for (Map<String, String> digest : List.of(
                Map.of("sha512", "ab".repeat(64)),
                Map.of("sha256", wanted.hex().toUpperCase(java.util.Locale.ROOT)),
                Map.of("sha256", wanted.shortHex()))) {
            Statement good = StaticLedger.provenanceOf(StaticLedger.artifact(5));
            Statement bad = new Statement(
                    good.type(), List.of(new Subject("shop.jar", digest)), good.predicateType(), good.predicate());
            Signed signed = LEDGER.key(KeyRole.INGEST).sign(bad);
            refused("DIGEST_UNACCEPTED", () -> verifier.authenticate(signed, 0, question(5)));
        }
    }

    @Test
    void attack_3_the_payload_type_is_changed() {
        refused(
                "SIGNATURE_INVALID",
                () -> verifier.verify(
                        changed(5, "application/vnd.in-toto+json", "application/vnd.other+json"), question(5)));
    }

    @Test
    void attack_4_the_key_hint_is_a_trusted_key_and_the_signature_by_another() {
        StaticLedger stranger = StaticLedger.ofSize(1);
        byte[] forged = edit(
                stranger.bundle(0),
                stranger.key(KeyRole.INGEST).keyId(),
                LEDGER.key(KeyRole.INGEST).keyId());
        refused("SIGNATURE_INVALID", () -> verifier.verify(withLogId(forged, stranger), Question.ANY));
        refused("SIGNATURE_INVALID", () -> verifier.verify(withLogId(stranger.bundle(0), stranger), Question.ANY));
    }

    @Test
    void bundle_and_envelope_that_name_different_keys_are_refused_in_the_ledger_and_at_intake() {
        byte[] bare = BundleWriter.write(LEDGER.logged(5).signed());
        String other = "{\"keyid\":\"" + LEDGER.key(KeyRole.RECORD).keyId() + "\",\"sig\"";
        refused("SIGNATURE_INVALID", () -> verifier.verify(changed(5, "{\"sig\"", other), question(5)));
        refused("SIGNATURE_INVALID", () -> verifier.authenticate(edit(bare, "{\"sig\"", other), 5, question(5)));
        String same = other.replace(
                LEDGER.key(KeyRole.RECORD).keyId(), LEDGER.key(KeyRole.INGEST).keyId());
        assertThat(verifier.verify(changed(5, "{\"sig\"", same), question(5)).index())
                .isEqualTo(5);
    }

    @Test
    void attack_5_a_key_says_what_its_role_may_not() {
        Statement provenance = StaticLedger.provenanceOf(StaticLedger.artifact(5));
        for (KeyRole role : List.of(KeyRole.RECORD, KeyRole.VERDICT, KeyRole.AGENT)) {
            Signed signed = LEDGER.key(role).sign(provenance);
            refused("KEY_ROLE_FORBIDDEN", () -> verifier.authenticate(signed, 0, question(5)));
        }
        refused(
                "PREDICATE_MISMATCH",
                () -> verifier.verify(
                        LEDGER.bundle(5),
                        Question.about(Digest.sha256(StaticLedger.artifact(5)), PredicateTypes.VERIFICATION_SUMMARY)));
    }

    @Test
    void attack_5_a_key_speaks_as_a_builder_that_is_not_its_own() {
        TrustedKey ingest = trusted(KeyRole.INGEST);
        Signed signed = LEDGER.logged(5).signed();
        for (String id : List.of("https://waybill.dev/builder/runner/v1", "https://waybill.dev/builder/ingest/v1")) {
            TrustedKey bound = new TrustedKey(
                    ingest.role(), ingest.holder(), ingest.publicKey(), List.of(), List.of(id), ingest.validity());
            Verifier strict = new Verifier(TrustRoot.of(LEDGER.log().verifier(), List.of(bound)));
            if (id.contains("runner")) {
                refused("KEY_ROLE_FORBIDDEN", () -> strict.authenticate(signed, 5, question(5)));
            } else {
                assertThat(strict.authenticate(signed, 5, question(5)).key()).isEqualTo(bound);
            }
        }
    }

    @Test
    void attack_6_two_signatures_or_none() {
        String bundle = new String(LEDGER.bundle(5), StandardCharsets.UTF_8);
        String one = bundle.substring(bundle.indexOf("{\"sig\""), bundle.indexOf("]", bundle.indexOf("{\"sig\"")));
        refused("SIGNATURE_COUNT", () -> verifier.verify(changed(5, one, one + "," + one), question(5)));
        refused("SIGNATURE_COUNT", () -> verifier.verify(changed(5, one, ""), question(5)));
    }

    @Test
    void attack_7_the_log_entry_of_another_statement_is_stapled_on() {
        Logged five = LEDGER.logged(5);
        Logged six = LEDGER.logged(6);
        Logged stapled = new Logged(five.signed(), six.proof(), six.checkpoint());
        refused("INCLUSION_INVALID", () -> verifier.verify(stapled, question(5)));
        refused(
                "INCLUSION_INVALID",
                () -> verifier.verify(BundleWriter.write(stapled, LEDGER.log().verifier()), question(5)));
        String body = member(LEDGER.bundle(6), "canonicalizedBody");
        refused(
                "LOG_ENTRY_MISMATCH",
                () -> verifier.verify(changed(5, member(LEDGER.bundle(5), "canonicalizedBody"), body), question(5)));
    }

    @Test
    void attack_7_the_same_payload_signed_again_is_another_entry() {
        Signed again = LEDGER.provenance(5);
        assertThat(again.id()).isEqualTo(LEDGER.logged(5).signed().id());
        Logged logged =
                new Logged(again, LEDGER.logged(5).proof(), LEDGER.logged(5).checkpoint());
        refused("INCLUSION_INVALID", () -> verifier.verify(logged, question(5)));
    }

    @Test
    void attack_8_the_proof_is_of_another_index_or_size_or_too_long() {
        refused(
                "INCLUSION_INVALID",
                () -> verifier.verify(changedLast(5, "\"logIndex\":\"5\"", "\"logIndex\":\"6\""), question(5)));
        refused(
                "INCLUSION_INVALID",
                () -> verifier.verify(changed(5, "\"logIndex\":\"5\"", "\"logIndex\":\"6\""), question(5)));
        refused(
                "MALFORMED",
                () -> verifier.verify(changed(5, "\"logIndex\":\"5\"", "\"logIndex\":\"-5\""), question(5)));
        refused(
                "INCLUSION_INVALID",
                () -> verifier.verify(
                        changed(5, "\"treeSize\":\"" + SIZE + "\"", "\"treeSize\":\"" + (SIZE + 1) + "\""),
                        question(5)));
        String hash = "\"" + LEDGER.logged(5).proof().hashes().getFirst() + "\"";
        refused("INCLUSION_INVALID", () -> verifier.verify(changed(5, hash, hash + "," + hash), question(5)));
        String many = (hash + ",").repeat(64) + hash;
        refused("MALFORMED", () -> verifier.verify(changed(5, hash, many), question(5)));
    }

    @Test
    void attack_9_the_checkpoint_is_by_a_retired_key_or_another_origin() {
        TrustRoot retired = new TrustRoot(
                TrustRoot.MEDIA_TYPE,
                List.of(new TrustedLog(LEDGER.log().verifier(), SIZE - 1L), new TrustedLog(newLog().verifier(), null)),
                LEDGER.trust().keys(),
                List.of(),
                0);
        refused("LOG_KEY_INVALID", () -> new Verifier(retired).verify(LEDGER.bundle(5), question(5)));
        TrustRoot elsewhere = TrustRoot.of(newLog().verifier(), LEDGER.trust().keys());
        refused("LOG_KEY_INVALID", () -> new Verifier(elsewhere).verify(LEDGER.bundle(5), question(5)));
        refused("LOG_KEY_INVALID", () -> new Verifier(elsewhere).verify(LEDGER.logged(5), question(5)));
        refused(
                "LOG_KEY_INVALID",
                () -> verifier.verify(
                        changed(5, "ledger.acme.example\\n" + SIZE, "other.example\\n" + SIZE), question(5)));
    }

    @Test
    void a_key_counts_only_at_the_ledger_positions_of_its_validity() {
        TrustedKey late = trusted(KeyRole.INGEST).valid(new TrustedKey.Validity(6, null));
        TrustedKey early = trusted(KeyRole.INGEST).valid(new TrustedKey.Validity(0, 5L));
        TrustedKey exact = trusted(KeyRole.INGEST).valid(new TrustedKey.Validity(5, 6L));
        for (TrustedKey key : List.of(late, early)) {
            Verifier other = new Verifier(TrustRoot.of(LEDGER.log().verifier(), List.of(key)));
            refused("KEY_OUTSIDE_VALIDITY", () -> other.verify(LEDGER.bundle(5), question(5)));
        }
        Verifier other = new Verifier(TrustRoot.of(LEDGER.log().verifier(), List.of(exact)));
        assertThat(other.verify(LEDGER.bundle(5), question(5)).key()).isEqualTo(exact);
    }

    @Test
    void a_bundle_without_log_entry_is_taken_only_at_intake() {
        byte[] bare = BundleWriter.write(LEDGER.logged(5).signed());
        assertThat(verifier.authenticate(bare, 5, question(5)).role()).isEqualTo(KeyRole.INGEST);
        refused("LOG_ENTRY_MISSING", () -> verifier.verify(bare, question(5)));
    }

    @Test
    void witnesses_must_have_cosigned_when_the_trust_file_says_so() {
        KeyPair pair = LogKey.generate();
        LogKey witness = new LogKey(
                "agent.acme.example", pair.getPrivate(), pair.getPublic().getEncoded());
        TrustRoot quorum = new TrustRoot(
                TrustRoot.MEDIA_TYPE,
                List.of(new TrustedLog(LEDGER.log().verifier(), null)),
                LEDGER.trust().keys(),
                List.of(witness.cosignatureVerifier()),
                1);
        Logged logged = LEDGER.logged(5);
        refused("QUORUM_NOT_MET", () -> new Verifier(quorum).verify(logged, question(5)));
        Instant at = Instant.parse("2026-03-01T12:00:00Z");
        String cosigned = LEDGER.checkpoint()
                .with(witness.cosign(LEDGER.checkpoint(), at))
                .encode();
        Verified verified =
                new Verifier(quorum).verify(new Logged(logged.signed(), logged.proof(), cosigned), question(5));
        assertThat(verified.cosignatures()).hasSize(1);
        assertThat(verified.cosignatures().getFirst().at()).isEqualTo(at);
    }
}
