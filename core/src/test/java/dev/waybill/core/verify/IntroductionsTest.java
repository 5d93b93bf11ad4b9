package dev.waybill.core.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.core.ledger.StaticLedger;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.TrustedKey.Validity;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent that enrolled after the trust file was written, and everybody who would like to be taken for one. */
class IntroductionsTest extends Attacks {
    private static final Slot PRODUCTION = Slot.parse("production/shop");
    private static final Slot STAGING = Slot.parse("staging/shop");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Digest ARTIFACT = Digest.sha256(new byte[] {1});

    private final StaticLedger ledger = StaticLedger.ofSize(3);
    private final Introductions introductions = new Introductions(ledger.trust());
    private final SigningKey late = newKey();

    @Test
    void an_agent_introduced_by_a_record_key_is_believed_about_its_own_place() {
        byte[] key = logged(change("added", KeyRole.AGENT, late), ledger.key(KeyRole.RECORD));
        byte[] here = logged(deployment(PRODUCTION), late);
        byte[] elsewhere = logged(deployment(STAGING), late);
        refused("SIGNATURE_INVALID", () -> new Verifier(ledger.trust()).verify(here, Question.ANY));

        Verifier introduced = new Verifier(introductions.with(List.of(key)));

        assertThat(introduced.verify(here, Question.ANY).key().holder()).isEqualTo("agent/late");
        refused("SCOPE_MISMATCH", () -> introduced.verify(elsewhere, Question.ANY));
    }

    @Test
    void what_it_said_before_its_introduction_or_after_its_retirement_does_not_count() {
        byte[] before = logged(deployment(PRODUCTION), late);
        byte[] key = logged(change("added", KeyRole.AGENT, late), ledger.key(KeyRole.RECORD));
        byte[] during = logged(deployment(PRODUCTION, 2), late);
        byte[] end = logged(change("retired", KeyRole.AGENT, late), ledger.key(KeyRole.RECORD));
        byte[] after = logged(deployment(PRODUCTION, 3), late);

        Verifier introduced = new Verifier(introductions.with(List.of(end, key)));

        assertThat(introduced.verify(during, Question.ANY).index()).isEqualTo(5);
        refused("KEY_OUTSIDE_VALIDITY", () -> introduced.verify(before, Question.ANY));
        refused("KEY_OUTSIDE_VALIDITY", () -> introduced.verify(after, Question.ANY));
    }

    @Test
    void nobody_but_a_record_key_introduces_anybody() {
        for (KeyRole role : List.of(KeyRole.INGEST, KeyRole.VERDICT, KeyRole.AGENT)) {
            byte[] key = logged(change("added", KeyRole.AGENT, late), ledger.key(role));
            refused("KEY_ROLE_FORBIDDEN", () -> introductions.with(List.of(key)));
        }
        byte[] itself = logged(change("added", KeyRole.AGENT, late), late);
        refused("SIGNATURE_INVALID", () -> introductions.with(List.of(itself)));
    }

    @Test
    void an_introduction_outside_of_the_ledger_is_none() {
        StaticLedger stranger = StaticLedger.ofSize(3);
        stranger.append(List.of(ledger.key(KeyRole.RECORD).sign(change("added", KeyRole.AGENT, late))));
        refused("LOG_KEY_INVALID", () -> introductions.with(List.of(stranger.bundle(3))));
    }

    @Test
    void a_record_key_introduces_no_key_that_decides() {
        for (KeyRole role : List.of(KeyRole.VERDICT, KeyRole.RECORD, KeyRole.INGEST)) {
            SigningKey key = newKey();
            byte[] change = logged(change("added", role, key), ledger.key(KeyRole.RECORD));
            assertThat(introductions.with(List.of(change)).keys())
                    .isEqualTo(ledger.trust().keys());
        }
    }

    @Test
    void a_key_of_the_file_keeps_what_the_file_says_of_it() {
        byte[] again = logged(change("added", KeyRole.AGENT, ledger.key(KeyRole.VERDICT)), ledger.key(KeyRole.RECORD));
        assertThat(introductions.with(List.of(again)).keys())
                .isEqualTo(ledger.trust().keys());
    }

    @Test
    void an_agent_that_enrolled_again_for_more_places_is_believed_about_each_from_then_on() {
        byte[] first = logged(change("added", KeyRole.AGENT, late), ledger.key(KeyRole.RECORD));
        byte[] early = logged(deployment(STAGING, 1), late);
        byte[] again = logged(added("agent/late", late, PRODUCTION, STAGING), ledger.key(KeyRole.RECORD));
        byte[] here = logged(deployment(PRODUCTION, 2), late);
        byte[] elsewhere = logged(deployment(STAGING, 3), late);

        Verifier introduced = new Verifier(introductions.with(List.of(again, first)));

        assertThat(introduced.verify(here, Question.ANY).index()).isEqualTo(6);
        assertThat(introduced.verify(elsewhere, Question.ANY).index()).isEqualTo(7);
        refused("SCOPE_MISMATCH", () -> introduced.verify(early, Question.ANY));
    }

    @Test
    void an_agent_of_the_file_keeps_its_places_and_gains_those_of_a_later_enrolment() {
        TrustRoot file = file(new Validity(0, null));
        byte[] here = logged(deployment(PRODUCTION, 1), late);
        byte[] early = logged(deployment(STAGING, 2), late);
        byte[] again = logged(added("agent/late", late, STAGING), ledger.key(KeyRole.RECORD));
        byte[] still = logged(deployment(PRODUCTION, 3), late);
        byte[] elsewhere = logged(deployment(STAGING, 4), late);

        Verifier introduced = new Verifier(new Introductions(file).with(List.of(again)));

        for (byte[] bundle : List.of(here, still, elsewhere)) {
            assertThat(introduced.verify(bundle, Question.ANY).key().holder()).isEqualTo("agent/late");
        }
        refused("SCOPE_MISMATCH", () -> introduced.verify(early, Question.ANY));
    }

    @Test
    void a_key_that_the_file_knows_as_retired_is_not_brought_back_by_its_old_introduction() {
        byte[] first = logged(added("agent/late", late, PRODUCTION), ledger.key(KeyRole.RECORD));
        byte[] other = logged(added("agent/other", late, PRODUCTION), ledger.key(KeyRole.RECORD));
        byte[] after = logged(deployment(PRODUCTION, 1), late);
        TrustRoot file = file(new Validity(3, 5L));

        TrustRoot introduced = new Introductions(file).with(List.of(first, other));

        assertThat(introduced.keys()).isEqualTo(file.keys());
        refused("KEY_OUTSIDE_VALIDITY", () -> new Verifier(introduced).verify(after, Question.ANY));
    }

    /** A trust file that was written when the agent was enrolled for production already. */
    private TrustRoot file(Validity validity) {
        TrustRoot trust = ledger.trust();
        String key = Base64.getEncoder().encodeToString(late.publicKey());
        List<TrustedKey> keys = new ArrayList<>(trust.keys());
        keys.add(new TrustedKey(KeyRole.AGENT, "agent/late", key, List.of(PRODUCTION), List.of(), validity));
        return new TrustRoot(trust.mediaType(), trust.logs(), keys, trust.witnesses(), trust.quorum());
    }

    @Test
    void other_statements_introduce_nobody() {
        byte[] provenance = ledger.bundle(0);
        refused("PREDICATE_MISMATCH", () -> introductions.with(List.of(provenance)));
    }

    private byte[] logged(Statement statement, SigningKey by) {
        return logged(by.sign(statement));
    }

    private byte[] logged(Signed signed) {
        int index = (int) ledger.range().size();
        ledger.append(List.of(signed));
        return ledger.bundle(index);
    }

    private static Statement change(String action, KeyRole role, SigningKey key) {
        String encoded = Base64.getEncoder().encodeToString(key.publicKey());
        String holder = role == KeyRole.AGENT ? "agent/late" : "server";
        KeyChange change = new KeyChange(action, role, holder, encoded, List.of(PRODUCTION), NOON);
        return Statement.of(change, Subject.of(holder, Digest.sha256(key.publicKey())));
    }

    private static Statement added(String holder, SigningKey key, Slot... slots) {
        String encoded = Base64.getEncoder().encodeToString(key.publicKey());
        KeyChange change = new KeyChange("added", KeyRole.AGENT, holder, encoded, List.of(slots), NOON);
        return Statement.of(change, Subject.of(holder, Digest.sha256(key.publicKey())));
    }

    private static Statement deployment(Slot slot) {
        return deployment(slot, 1);
    }

    private static Statement deployment(Slot slot, int number) {
        Predicate deployment = new Deployment(
                new AgentName("late"),
                "host",
                number,
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
        return Statement.of(deployment, Subject.of("shop", ARTIFACT));
    }

    private static SigningKey newKey() {
        KeyPair pair = SigningKey.generate();
        return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
    }
}
