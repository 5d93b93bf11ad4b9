package dev.waybill.server.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.deploy.DesiredState;
import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.VerificationSummary;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.Silence;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.KnownKey;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What agents and the server promise each other, on each database. */
abstract class DeployContract {
    static final Slot SHOP = Slot.parse("production/shop");
    static final Slot STAGING = Slot.parse("staging/shop");
    static final AgentName HOST = new AgentName("host-1");
    static final Digest ARTIFACT = Digest.sha256("artifact".getBytes(StandardCharsets.UTF_8));
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path data;

    private AgentRooms rooms;
    private Database database;
    private Ledger ledger;
    private Tokens tokens;
    private Agents agents;
    private Reports reports;
    private DesiredReleases desired;
    private Targets targets;
    private final SigningKey key = AgentRooms.key();

    abstract TestDatabases.Place place();

    @BeforeEach
    void open() {
        rooms = new AgentRooms(place().open(), data);
        database = rooms.database;
        ledger = rooms.ledger;
        tokens = rooms.tokens;
        agents = rooms.agents;
        reports = rooms.reports;
        desired = rooms.desired;
        targets = rooms.targets;
    }

    @AfterEach
    void close() {
        if (rooms != null) {
            rooms.close();
        }
    }

    private Actor enrol() {
        String invitation = agents.invite(new InvitationRequest(HOST, List.of(SHOP)));
        Agents.Made made = agents.enrol(invitation, request(key, SHOP));
        return tokens.actor(made.token()).orElseThrow();
    }

    private static EnrolRequest request(SigningKey key, Slot slot) {
        return new EnrolRequest(HOST, Base64.getEncoder().encodeToString(key.publicKey()), Map.of(slot, "front"));
    }

    private static SignedBody body(SigningKey by, Predicate predicate) {
        return AgentRooms.body(by, predicate, ARTIFACT);
    }

    private static Deployment deployment(Slot slot, long number, @Nullable Digest previous) {
        return deployment(slot, "front", number, previous);
    }

    private static Deployment deployment(Slot slot, String target, long number, @Nullable Digest previous) {
        ReleaseId release = new ReleaseId(slot, number);
        return new Deployment(
                HOST,
                target,
                number,
                previous,
                release,
                Deployment.Outcome.SUCCEEDED,
                release,
                false,
                null,
                null,
                AT,
                AT,
                "fine",
                null);
    }

    private static Observation observation(long number, @Nullable Digest previous) {
        return new Observation(
                HOST,
                "front",
                number,
                previous,
                SHOP,
                Observation.State.RUNNING,
                ARTIFACT,
                new ReleaseId(SHOP, 1),
                "looked",
                new Observation.ProcessSeen(42, AT),
                List.of(),
                AT,
                null);
    }

    @Test
    void enrolment_spends_the_token_and_logs_the_key_with_its_slots() {
        String invitation = agents.invite(new InvitationRequest(HOST, List.of(SHOP)));

        Agents.Made made = agents.enrol(invitation, request(key, SHOP));

        List<KnownKey> held = database.read(tx -> ledger.register().heldBy(tx, "agent/host-1"));
        assertThat(held).singleElement().satisfies(known -> {
            assertThat(known.role()).isEqualTo(KeyRole.AGENT);
            assertThat(known.slots()).containsExactly(SHOP);
        });
        assertThat(tokens.actor(made.token())).isPresent();
        assertThatThrownBy(() -> agents.enrol(invitation, request(key, SHOP))).hasMessageContaining("TOKEN_SPENT");
    }

    @Test
    void a_wrong_name_is_called_that_and_costs_no_invitation() {
        String invitation = agents.invite(new InvitationRequest(HOST, List.of(SHOP)));
        EnrolRequest right = request(key, SHOP);
        EnrolRequest slip = new EnrolRequest(new AgentName("hots-1"), right.publicKey(), right.targets());

        assertThatThrownBy(() -> agents.enrol(invitation, slip))
                .hasMessageContaining("AGENT_NAME_DIFFERS")
                .hasMessageContaining("name: host-1");

        assertThat(agents.enrol(invitation, right).token()).isNotNull();
    }

    @Test
    void an_invitation_is_for_its_slots_only() {
        String invitation = agents.invite(new InvitationRequest(HOST, List.of(STAGING)));

        assertThatThrownBy(() -> agents.enrol(invitation, request(key, SHOP))).hasMessageContaining("SCOPE_MISMATCH");
        assertThat(agents.all()).isEmpty();
    }

    @Test
    void an_agents_name_stays_with_its_key() {
        enrol();
        String again = agents.invite(new InvitationRequest(HOST, List.of(SHOP)));

        assertThatThrownBy(() -> agents.enrol(again, request(AgentRooms.key(), SHOP)))
                .hasMessageContaining("AGENT_KNOWN");
    }

    @Test
    void an_agent_that_enrols_again_with_more_slots_speaks_about_each() {
        Actor before = enrol();
        reports.take(before, List.of(body(key, deployment(SHOP, 1, null))));
        String again = agents.invite(new InvitationRequest(HOST, List.of(SHOP, STAGING)));
        Agents.Made made = agents.enrol(
                again,
                new EnrolRequest(
                        HOST,
                        Base64.getEncoder().encodeToString(key.publicKey()),
                        Map.of(SHOP, "front", STAGING, "trial")));
        Actor actor = tokens.actor(made.token()).orElseThrow();
        SignedBody first = body(key, deployment(STAGING, "trial", 1, null));
        SignedBody next = body(key, observation(1, null));

        assertThat(reports.take(actor, List.of(first, next))).hasSize(2);
        reports.heartbeat(actor, new Heartbeat(next, null));

        assertThat(targets.deployments(STAGING, 10)).hasSize(1);
        assertThat(targets.deployments(SHOP, 10)).hasSize(1);
        List<KnownKey> held = database.read(tx -> ledger.register().heldBy(tx, "agent/host-1"));
        assertThat(held)
                .singleElement()
                .satisfies(known -> assertThat(known.slots()).containsExactly(SHOP, STAGING));
        assertThat(findings()).isEmpty();
    }

    @Test
    void reports_are_logged_in_the_order_of_their_chain_and_once() {
        Actor actor = enrol();
        SignedBody first = body(key, deployment(SHOP, 1, null));
        SignedBody second = body(key, deployment(SHOP, 2, AgentRooms.id(first)));

        List<Long> indexes = reports.take(actor, List.of(first, second));

        assertThat(reports.take(actor, List.of(first, second))).isEqualTo(indexes);
        assertThat(targets.deployments(SHOP, 10)).hasSize(2);
        assertThat(targets.states(SHOP).getFirst().deploymentStatement()).isEqualTo(AgentRooms.id(second));
    }

    @Test
    void a_gap_in_a_chain_is_refused() {
        Actor actor = enrol();
        SignedBody first = body(key, deployment(SHOP, 1, null));
        SignedBody third = body(key, deployment(SHOP, 3, AgentRooms.id(first)));
        reports.take(actor, List.of(first));

        assertThatThrownBy(() -> reports.take(actor, List.of(third))).hasMessageContaining("CHAIN_BROKEN");
        assertThatThrownBy(() -> reports.take(actor, List.of(body(key, deployment(SHOP, 2, null)))))
                .hasMessageContaining("CHAIN_BROKEN");
    }

    @Test
    void an_agent_speaks_with_its_own_key_about_its_own_slots() {
        Actor actor = enrol();

        assertThatThrownBy(() -> reports.take(actor, List.of(body(AgentRooms.key(), deployment(SHOP, 1, null)))))
                .hasMessageContaining("SIGNATURE_INVALID");
        assertThatThrownBy(() -> reports.take(actor, List.of(body(key, deployment(STAGING, 1, null)))))
                .hasMessageContaining("SCOPE_MISMATCH");
        assertThat(targets.deployments(SHOP, 10)).isEmpty();
    }

    @Test
    void what_shall_run_comes_with_proofs_that_verify_under_the_pinned_trust() {
        Actor actor = enrol();
        DesiredState before = desired.answer(actor, -1, Duration.ZERO);
        promote(1);
        promote(2);

        DesiredState state = desired.answer(actor, before.sequence(), Duration.ofSeconds(5));

        assertThat(before.releases()).isEmpty();
        assertThat(state.releases()).singleElement().satisfies(release -> {
            assertThat(release.release()).hasToString("production/shop#2");
            Verifier verifier = new Verifier(TrustRoot.read(Json.write(state.trustRoot())));
            verifier.verify(
                    Json.write(release.summaryBundle()),
                    Question.about(ARTIFACT, PredicateTypes.VERIFICATION_SUMMARY)
                            .in(SHOP));
            verifier.verify(
                    Json.write(release.releaseBundle()),
                    Question.about(ARTIFACT, PredicateTypes.RELEASE).in(SHOP));
        });
        assertThat(desired.answer(actor, state.sequence(), Duration.ZERO).releases())
                .isEmpty();
    }

    @Test
    void who_waits_for_a_release_while_nobody_writes_reads_nothing_and_is_told_of_the_first_one() {
        Actor actor = enrol();
        long size = desired.answer(actor, -1, Duration.ZERO).sequence();
        CountingDatabase counting = new CountingDatabase(database);
        DesiredReleases waiting =
                new DesiredReleases(counting, ledger, agents, (tx, slot, version) -> Configurations.Opened.NONE);

        assertThat(waiting.answer(actor, size, Duration.ofSeconds(2)).releases())
                .isEmpty();
        assertThat(counting.reads).hasValue(1);

        CompletableFuture<DesiredState> told =
                CompletableFuture.supplyAsync(() -> waiting.answer(actor, size, Duration.ofSeconds(20)));
        promote(1);
        assertThat(told.join().releases()).hasSize(1);
    }

    @Test
    void an_agent_that_was_away_reads_the_releases_of_its_own_slots_one_by_one() {
        Actor actor = enrol();

        assertThatThrownBy(() -> desired.link(actor, new ReleaseId(SHOP, 1))).hasMessageContaining("RELEASE_UNKNOWN");
        assertThatThrownBy(() -> desired.link(actor, new ReleaseId(STAGING, 1))).hasMessageContaining("SCOPE_MISMATCH");
    }

    @Test
    void somebody_without_an_enrolment_gets_no_releases() {
        Actor stranger = new Actor(new ActorName("host-1"), java.util.Set.of(), List.of());

        assertThatThrownBy(() -> desired.answer(stranger, -1, Duration.ZERO)).hasMessageContaining("AGENT_UNKNOWN");
    }

    @Test
    void a_fresh_observation_is_asked_for_and_waited_for() {
        Actor actor = enrol();
        long size = desired.answer(actor, -1, Duration.ZERO).sequence();
        CompletableFuture<List<TargetState>> fresh =
                CompletableFuture.supplyAsync(() -> targets.fresh(SHOP, Duration.ofSeconds(20)));

        DesiredState asked = desired.answer(actor, size, Duration.ofSeconds(20));
        SignedBody seen = body(key, observation(1, null));
        reports.take(actor, List.of(seen));

        assertThat(asked.observe()).containsExactly(SHOP);
        assertThat(fresh.join().getFirst().observationStatement()).isEqualTo(AgentRooms.id(seen));
        assertThat(desired.answer(actor, -1, Duration.ZERO).observe()).isNull();
    }

    @Test
    void silence_is_shown_as_unknown_since_the_last_sign_of_life() {
        Actor actor = enrol();
        SignedBody seen = body(key, observation(1, null));
        reports.take(actor, List.of(seen));
        reports.heartbeat(actor, new Heartbeat(body(key, observation(1, null)), null));
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

        TargetState now = targets.states(SHOP).getFirst();
        TargetState then = new Targets(database, ledger, agents, later, Silence.LEAST)
                .states(SHOP)
                .getFirst();

        assertThat(now.unknownSince()).isNull();
        assertThat(then.unknownSince()).isEqualTo(now.lastSeen());
        assertThat(targets.observations(SHOP, 10))
                .as("heartbeats are not logged")
                .hasSize(1);
    }

    @Test
    void a_row_that_was_edited_is_found_by_the_audit() {
        Actor actor = enrol();
        reports.take(actor, List.of(body(key, deployment(SHOP, 1, null))));
        assertThat(findings()).isEmpty();

        database.change(tx -> tx.handle().execute("UPDATE deployment SET slot = 'staging/shop'"));

        assertThat(findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.code()).isEqualTo("ROW_DIFFERS"));
    }

    private List<Finding> findings() {
        return database.read(tx -> new DeployAudit().check(tx, ledger));
    }

    private void promote(long number) {
        VerificationSummary verdict = new VerificationSummary(
                new VerificationSummary.Verifier("https://" + ledger.keys().origin(), null),
                AT.plusSeconds(number),
                VerificationSummary.resourceUri(ledger.keys().origin(), SHOP),
                new VerificationSummary.PolicyRef("policy", Map.of("sha256", ARTIFACT.hex())),
                List.of(),
                VerificationSummary.Result.PASSED,
                List.of(),
                "1.2",
                null,
                null,
                null);
        Signed summary = ledger.keys().verdict().sign(Statement.of(verdict, Subject.of("artifact", ARTIFACT)));
        ReleaseMade made = new ReleaseMade(
                SHOP,
                number,
                null,
                ARTIFACT,
                new CommitId("c0ffee0000000000000000000000000000000000"),
                0,
                null,
                ReleaseMade.Cause.PROMOTION,
                summary.id(),
                null,
                null,
                new ActorName("fourth"),
                AT);
        Signed release = ledger.keys().record().sign(Statement.of(made, Subject.of("artifact", ARTIFACT)));
        database.change(tx -> {
            ledger.append(tx, summary);
            ledger.append(tx, release);
        });
    }
}
