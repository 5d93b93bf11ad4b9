package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Attack 17 and its relatives: the right statement, in the wrong place or by the wrong speaker. */
class ScopeTest extends Attacks {
    private static final Slot STAGING = Slot.parse("staging/shop");
    private static final Slot PRODUCTION = Slot.parse("production/shop");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Digest ARTIFACT = Digest.sha256(new byte[] {1});

    @Test
    void a_summary_for_staging_does_not_open_production() {
        Signed signed = sign(KeyRole.VERDICT, summary(LEDGER.trust().origin(), STAGING));
        Question asked = Question.about(ARTIFACT, PredicateTypes.VERIFICATION_SUMMARY);
        assertThat(verifier.authenticate(signed, 0, asked.in(STAGING)).id()).isEqualTo(signed.id());
        refused("SCOPE_MISMATCH", () -> verifier.authenticate(signed, 0, asked.in(PRODUCTION)));
    }

    @Test
    void a_summary_of_another_installation_counts_for_nothing_here() {
        Signed signed = sign(KeyRole.VERDICT, summary("other.example", PRODUCTION));
        Question asked = Question.of(PredicateTypes.VERIFICATION_SUMMARY);
        refused("SCOPE_MISMATCH", () -> verifier.authenticate(signed, 0, asked.in(PRODUCTION)));
    }

    @Test
    void a_statement_without_a_place_answers_no_question_about_one() {
        Signed signed = LEDGER.provenance(5);
        refused(
                "SCOPE_MISMATCH",
                () -> verifier.authenticate(signed, 0, question(5).in(PRODUCTION)));
    }

    @Test
    void an_agent_speaks_only_for_itself_and_only_about_its_own_slots() {
        Signed signed = sign(KeyRole.AGENT, deployment("one", PRODUCTION));
        Question asked = Question.of(PredicateTypes.DEPLOYMENT);
        assertThat(agents("agent/one", PRODUCTION)
                        .authenticate(signed, 0, asked)
                        .key()
                        .holder())
                .isEqualTo("agent/one");
        refused("KEY_ROLE_FORBIDDEN", () -> agents("agent/two", PRODUCTION).authenticate(signed, 0, asked));
        refused("SCOPE_MISMATCH", () -> agents("agent/one", STAGING).authenticate(signed, 0, asked));
        refused("SCOPE_MISMATCH", () -> agents("agent/one").authenticate(signed, 0, asked));
    }

    @Test
    void a_known_predicate_with_a_member_missing_is_malformed_although_it_is_signed() {
        ObjectNode predicate =
                (ObjectNode) Statement.of(summary("a", STAGING)).predicate().deepCopy();
        predicate.remove("verificationResult");
        Signed signed = LEDGER.key(KeyRole.VERDICT)
                .sign(new Statement(
                        Statement.TYPE,
                        List.of(Subject.of("shop", ARTIFACT)),
                        PredicateTypes.VERIFICATION_SUMMARY,
                        predicate));
        refused("MALFORMED", () -> verifier.authenticate(signed, 0, Question.ANY));
    }

    private static Verifier agents(String holder, Slot... slots) {
        TrustedKey any = trusted(KeyRole.AGENT);
        TrustedKey key = new TrustedKey(any.role(), holder, any.publicKey(), List.of(slots), List.of(), any.validity());
        return new Verifier(TrustRoot.of(LEDGER.log().verifier(), List.of(key)));
    }

    private static Signed sign(KeyRole role, Predicate predicate) {
        return LEDGER.key(role).sign(Statement.of(predicate, Subject.of("shop", ARTIFACT)));
    }

    private static Deployment deployment(String agent, Slot slot) {
        return new Deployment(
                new AgentName(agent),
                "host",
                1,
                null,
                new ReleaseId(slot, 1),
                Deployment.Outcome.SUCCEEDED,
                new ReleaseId(slot, 1),
                false,
                null,
                null,
                NOON,
                NOON,
                "healthy",
                null);
    }

    private static VerificationSummary summary(String origin, Slot slot) {
        return new VerificationSummary(
                new VerificationSummary.Verifier("https://waybill.dev/verifier/v1", null),
                NOON,
                VerificationSummary.resourceUri(origin, slot),
                new VerificationSummary.PolicyRef("https://ledger.acme.example/pipeline/1", Map.of("sha256", "ab")),
                List.of(),
                VerificationSummary.Result.PASSED,
                List.of("SLSA_BUILD_LEVEL_2"),
                "1.2",
                null,
                null,
                null);
    }
}
