package dev.waybill.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.api.deploy.EnrolRequest;
import dev.waybill.api.deploy.Heartbeat;
import dev.waybill.api.deploy.InvitationRequest;
import dev.waybill.api.deploy.RetirementRequest;
import dev.waybill.api.deploy.RetirementView;
import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.ledger.Logged;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.core.verify.Question;
import dev.waybill.core.verify.TrustRoot;
import dev.waybill.core.verify.Verifier;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.TestDatabases;
import dev.waybill.server.deploy.AgentRooms;
import dev.waybill.server.deploy.DesiredReleases;
import dev.waybill.server.deploy.Reports;
import dev.waybill.server.deploy.Said;
import dev.waybill.server.deploy.Targets;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Tokens;
import dev.waybill.server.ledger.Finding;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent leaves for good, and its name may come back; on each database. */
abstract class RetirementContract {
    static final Slot SHOP = Slot.parse("production/shop");
    static final AgentName HOST = new AgentName("host-1");
    static final ActorName ADMIN = new ActorName("operations");
    static final Digest ARTIFACT = Digest.sha256("artifact".getBytes(StandardCharsets.UTF_8));
    static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    static final RetirementRequest GONE = new RetirementRequest("the host was replaced");

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
    private Retirement retirement;
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
        retirement = new Retirement(database, ledger, tokens, rooms.clock);
    }

    @AfterEach
    void close() {
        if (rooms != null) {
            rooms.close();
        }
    }

    private String invite() {
        return agents.invite(new InvitationRequest(HOST, List.of(SHOP)));
    }

    private Actor enrol(SigningKey with, String target) {
        return tokens.actor(agents.enrol(invite(), request(with, target)).token())
                .orElseThrow();
    }

    private static EnrolRequest request(SigningKey with, String target) {
        return new EnrolRequest(HOST, Base64.getEncoder().encodeToString(with.publicKey()), Map.of(SHOP, target));
    }

    private static SignedBody body(SigningKey by, Predicate predicate) {
        return AgentRooms.body(by, predicate, ARTIFACT);
    }

    private static Deployment deployment(long number, @Nullable Digest previous, String detail) {
        ReleaseId release = new ReleaseId(SHOP, 1);
        return new Deployment(
                HOST,
                "front",
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
                detail,
                null);
    }

    private static Observation observation(Observation.State state, Instant at) {
        boolean running = state == Observation.State.RUNNING;
        return new Observation(
                HOST,
                "front",
                1,
                null,
                SHOP,
                state,
                running ? ARTIFACT : null,
                null,
                "looked",
                running ? new Observation.ProcessSeen(42, AT) : null,
                List.of(),
                at,
                null);
    }

    /** What gates and promotions in the slot wait for. */
    private List<String> waitedFor() {
        return database.read(tx -> new dev.waybill.server.history.Targets()
                .of(tx, SHOP).stream().map(Object::toString).toList());
    }

    private List<Finding> findings() {
        return database.read(tx -> new AgentAudit().check(tx, ledger));
    }

    @Test
    void an_agent_that_left_has_no_key_no_token_and_no_target() {
        Actor actor = enrol(key, "front");
        String open = invite();

        RetirementView left = retirement.retire(HOST, GONE, ADMIN);

        assertThat(left.why()).isEqualTo("the host was replaced");
        assertThat(left.by()).isEqualTo(ADMIN);
        assertThat(left.slots()).containsExactly(SHOP);
        assertThat(agents.all()).isEmpty();
        assertThat(targets.states(SHOP)).isEmpty();
        assertThat(waitedFor()).isEmpty();
        assertThat(tokens.all())
                .allSatisfy(token -> assertThat(token.revokedAt()).isNotNull());
        assertThatThrownBy(() -> agents.enrol(open, request(AgentRooms.key(), "front")))
                .hasMessageContaining("TOKEN_SPENT");
        assertThatThrownBy(() -> desired.answer(actor, -1, Duration.ZERO)).hasMessageContaining("AGENT_UNKNOWN");
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_target_that_was_taken_away_before_it_ever_reported_is_missed() {
        enrol(key, "front");
        assertThat(findings()).isEmpty();

        database.change(tx -> {
            tx.handle().execute("DELETE FROM agent_target");
            tx.handle().execute("DELETE FROM slot_target");
        });

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("ROW_MISSING");
            assertThat(finding.row()).isEqualTo("production/shop host-1");
        });
    }

    @Test
    void the_ledger_says_who_retired_the_key_and_why() {
        enrol(key, "front");

        RetirementView left = retirement.retire(HOST, GONE, ADMIN);

        KeyChange says = database.read(tx -> ledger.find(tx, left.statement()))
                .orElseThrow()
                .statement()
                .predicate(KeyChange.class, PredicateTypes.KEY);
        assertThat(says.action()).isEqualTo("retired");
        assertThat(says.holder()).isEqualTo("agent/host-1");
        assertThat(says.by()).isEqualTo(ADMIN);
        assertThat(says.why()).isEqualTo("the host was replaced");
    }

    @Test
    void what_the_key_said_before_still_verifies_and_what_it_says_later_does_not() {
        Actor actor = enrol(key, "front");
        SignedBody before = body(key, deployment(1, null, "fine"));
        reports.take(actor, List.of(before));
        retirement.retire(HOST, GONE, ADMIN);
        Verifier verifier = new Verifier(
                TrustRoot.read(database.read(ledger.register()::trustRoot).write()));
        Signed later =
                key.sign(Statement.of(deployment(2, AgentRooms.id(before), "late"), Subject.of("artifact", ARTIFACT)));
        database.change(tx -> ledger.append(tx, later));

        Logged early = ledger.prove(AgentRooms.id(before));
        Logged late = ledger.prove(later.id());

        verifier.verify(early, Question.of(PredicateTypes.DEPLOYMENT));
        assertThatThrownBy(() -> verifier.verify(late, Question.of(PredicateTypes.DEPLOYMENT)))
                .hasMessageContaining("KEY_OUTSIDE_VALIDITY");
    }

    @Test
    void retiring_twice_is_retiring_once() {
        enrol(key, "front");
        RetirementView first = retirement.retire(HOST, GONE, ADMIN);
        long size = database.read(ledger::size);

        RetirementView second = retirement.retire(HOST, new RetirementRequest("again"), ADMIN);

        assertThat(second).isEqualTo(first);
        assertThat(database.read(ledger::size)).isEqualTo(size);
    }

    @Test
    void many_who_retire_it_at_once_make_one_statement() throws Exception {
        enrol(key, "front");
        long size = database.read(ledger::size);
        List<CompletableFuture<RetirementView>> all = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            all.add(CompletableFuture.supplyAsync(() -> retirement.retire(HOST, GONE, ADMIN)));
        }
        List<Digest> statements = new ArrayList<>();
        for (CompletableFuture<RetirementView> one : all) {
            statements.add(one.get(60, TimeUnit.SECONDS).statement());
        }

        assertThat(statements.stream().distinct()).hasSize(1);
        assertThat(database.read(ledger::size)).isEqualTo(size + 1);
    }

    @Test
    void a_name_that_nobody_ever_had_is_unknown_and_a_reason_is_required() {
        assertThatThrownBy(() -> retirement.retire(HOST, GONE, ADMIN)).hasMessageContaining("AGENT_NAME_UNKNOWN");
        enrol(key, "front");
        assertThatThrownBy(() -> retirement.retire(HOST, new RetirementRequest(" "), ADMIN))
                .hasMessageContaining("RETIREMENT_INVALID");
        assertThat(agents.all()).hasSize(1);
    }

    @Test
    void a_report_that_races_with_the_retirement_is_in_the_ledger_before_it_or_not_at_all() throws Exception {
        Actor actor = enrol(key, "front");
        CompletableFuture<Integer> reporting = CompletableFuture.supplyAsync(() -> {
            @Nullable Digest previous = null;
            for (int number = 1; number <= 200; number++) {
                SignedBody next = body(key, deployment(number, previous, "report " + number));
                try {
                    reports.take(actor, List.of(next));
                } catch (ProblemException e) {
                    return number - 1;
                }
                previous = AgentRooms.id(next);
            }
            return 200;
        });
        long end = System.nanoTime() + 60_000_000_000L;
        while (targets.deployments(SHOP, 500).size() < 3 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        RetirementView left = retirement.retire(HOST, GONE, ADMIN);

        int taken = reporting.get(60, TimeUnit.SECONDS);
        long place = database.read(tx -> ledger.find(tx, left.statement()))
                .orElseThrow()
                .index();
        assertThat(targets.deployments(SHOP, 500))
                .hasSize(taken)
                .extracting(Said::index)
                .allMatch(index -> index < place);
    }

    @Test
    void the_name_is_free_for_another_key_whose_chain_begins_with_one() {
        Actor before = enrol(key, "front");
        SignedBody old = body(key, deployment(1, null, "old host"));
        reports.take(before, List.of(old, body(key, deployment(2, AgentRooms.id(old), "old host"))));
        reports.take(before, List.of(body(key, observation(Observation.State.RUNNING, AT))));
        retirement.retire(HOST, GONE, ADMIN);
        SigningKey fresh = AgentRooms.key();

        Actor after = enrol(fresh, "front");

        assertThat(targets.states(SHOP)).singleElement().satisfies(state -> {
            assertThat(state.deployment())
                    .as("the new host has deployed nothing")
                    .isNull();
            assertThat(state.observation()).isNull();
        });
        assertThatThrownBy(() -> reports.take(after, List.of(body(fresh, deployment(3, null, "new host")))))
                .hasMessageContaining("CHAIN_BROKEN");
        reports.take(after, List.of(body(fresh, deployment(1, null, "new host"))));
        assertThatThrownBy(() -> reports.take(after, List.of(body(key, deployment(3, null, "old host")))))
                .as("the old key speaks no more")
                .isInstanceOf(ProblemException.class);
        assertThat(targets.deployments(SHOP, 10)).hasSize(3);
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_retired_key_does_not_come_back_and_a_key_has_one_name() {
        enrol(key, "front");
        AgentName other = new AgentName("host-2");
        String second = agents.invite(new InvitationRequest(other, List.of(SHOP)));
        EnrolRequest taken =
                new EnrolRequest(other, Base64.getEncoder().encodeToString(key.publicKey()), Map.of(SHOP, "back"));
        assertThatThrownBy(() -> agents.enrol(second, taken)).hasMessageContaining("KEY_TAKEN");
        retirement.retire(HOST, GONE, ADMIN);
        String again = invite();

        assertThatThrownBy(() -> agents.enrol(again, request(key, "front"))).hasMessageContaining("KEY_RETIRED");
        assertThat(agents.enrol(again, request(AgentRooms.key(), "front"))
                        .agent()
                        .name())
                .as("a refusal spends no invitation")
                .isEqualTo(HOST);
    }

    @Test
    void enrolling_again_replaces_the_targets() {
        enrol(key, "front");

        enrol(key, "back");

        assertThat(targets.states(SHOP))
                .singleElement()
                .satisfies(state -> assertThat(state.target()).isEqualTo("back"));
        assertThat(waitedFor()).containsExactly("host-1/back");
    }

    @Test
    void rows_that_bring_a_retired_agent_back_are_found() {
        enrol(key, "front");
        AgentRow honest = agents.all().getFirst();
        retirement.retire(HOST, GONE, ADMIN);
        assertThat(findings()).isEmpty();

        database.change(tx -> new SqlAgentStore().enrol(tx, honest));
        assertThat(findings()).extracting(Finding::code).contains("ROW_DIFFERS");

        database.change(tx -> {
            new SqlAgentStore().remove(tx, HOST);
            new OwnTargets().replace(tx, HOST, Map.of(SHOP, "front"));
        });
        assertThat(findings()).extracting(Finding::code).contains("STATEMENT_MISSING");
    }

    @Test
    void an_agent_that_somebody_took_out_of_the_rows_alone_is_found() {
        enrol(key, "front");

        database.change(tx -> new SqlAgentStore().remove(tx, HOST));

        assertThat(findings()).extracting(Finding::code).contains("ROW_MISSING");
    }

    @Test
    void a_target_that_only_gates_or_only_reports_know_is_found() {
        enrol(key, "front");

        database.change(tx -> new dev.waybill.server.history.Targets().remove(tx, SHOP, HOST, "front"));

        assertThat(findings()).extracting(Finding::code).containsExactly("ROW_DIFFERS");
    }

    @Test
    void a_heartbeat_that_contradicts_the_last_observation_is_shown_until_an_observation_is_logged() {
        Actor actor = enrol(key, "front");
        SignedBody running = body(key, observation(Observation.State.RUNNING, AT));
        reports.take(actor, List.of(running));

        reports.heartbeat(actor, new Heartbeat(running, 5L));
        assertThat(targets.states(SHOP).getFirst().unlogged()).isNull();

        Observation stopped = observation(Observation.State.STOPPED, AT.plusSeconds(5));
        reports.heartbeat(actor, new Heartbeat(body(key, stopped), 5L));
        assertThat(targets.states(SHOP).getFirst().unlogged()).isEqualTo(stopped);

        Observation logged = new Observation(
                HOST,
                "front",
                2,
                AgentRooms.id(running),
                SHOP,
                Observation.State.STOPPED,
                null,
                null,
                "looked",
                null,
                List.of(),
                AT.plusSeconds(6),
                null);
        reports.take(actor, List.of(body(key, logged)));
        assertThat(targets.states(SHOP).getFirst().unlogged()).isNull();
    }
}
