package dev.waybill.server.promotion;

import dev.waybill.api.promotion.ApprovalRequest;
import dev.waybill.api.promotion.ConfigurationChange;
import dev.waybill.api.promotion.ConfigurationValue;
import dev.waybill.api.promotion.MarkRequest;
import dev.waybill.api.promotion.PromotionRequest;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.KeyChange;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.KeyRole;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.SigningKey;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.artifact.SqlKeeps;
import dev.waybill.server.artifact.SqlPermits;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.configuration.FileConfigurationKey;
import dev.waybill.server.configuration.Pipelines;
import dev.waybill.server.db.Database;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.identity.Grant;
import dev.waybill.server.identity.Role;
import dev.waybill.server.ledger.FileLedger;
import dev.waybill.server.ledger.Ledger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server's rooms up to promotion with a real database, ledger and keys, and everybody who makes statements there. */
final class Shop {
    static final ApplicationName NAME = new ApplicationName("shop");
    static final Slot STAGING = Slot.parse("staging/shop");
    static final Slot PRODUCTION = Slot.parse("production/shop");
    static final Actor OPERATOR = person("operator", Role.PROMOTER);
    static final Actor WRITER = person("writer", Role.APPROVER);
    static final Actor SECOND_APPROVER = person("fifth", Role.APPROVER);

    private static final KeyPair PAIR = SigningKey.generate();
    private static final SigningKey AGENT =
            new SigningKey(PAIR.getPrivate(), PAIR.getPublic().getEncoded());

    final Database database;
    final Ledger ledger;
    final Pipelines pipelines;
    final Configurations configurations;
    final PromotionRoom room;
    final Time time = new Time();
    private final LedgerCargo cargo;
    private int movements;

    /** The target that the agent deploys to and sees next. */
    String target = "main";

    /** A clock that goes only when told. */
    static final class Time extends Clock {
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    Shop(Database database, Path data) {
        this.database = database;
        this.ledger = FileLedger.open(database, data, null, time);
        this.configurations = new Configurations(
                database, ledger, FileConfigurationKey.open(data, Configurations.isEmpty(database, ledger)), time);
        this.pipelines = new Pipelines(database, ledger, time);
        this.cargo = new LedgerCargo(ledger);
        this.room = new PromotionRoom(
                new PromotionRoom.Floor(database, ledger, time),
                new PromotionRoom.Below(cargo, new SqlKeeps(), new SqlPermits(), pipelines, configurations));
    }

    static Actor person(String name, Role role) {
        return new Actor(new ActorName(name), Set.of(name + "@example.com"), List.of(Grant.everywhere(role)));
    }

    void pipeline(String json) {
        pipelines.apply(NAME, Json.parse(json.getBytes(StandardCharsets.UTF_8)), new ActorName("root"));
    }

    /** An agent for both slots, with one target in each. */
    void enrol() {
        KeyChange says = new KeyChange(
                "added",
                KeyRole.AGENT,
                "agent/host",
                Base64.getEncoder().encodeToString(AGENT.publicKey()),
                List.of(STAGING, PRODUCTION),
                time.instant());
        log(ledger.keys().record(), Statement.of(says, Subject.of("agent", Digest.sha256(AGENT.publicKey()))));
        database.change(tx -> {
            room.targets().add(tx, STAGING, new AgentName("host"), "main");
            room.targets().add(tx, PRODUCTION, new AgentName("host"), "main");
        });
    }

    /** As the collector does with what nothing keeps; the registration stays. */
    void takeOut(Digest artifact) {
        cargo.gone.add(artifact);
    }

    /** The agent of {@link #enrol} leaves, as retiring it says and does. */
    void retire() {
        KeyChange says = new KeyChange(
                "retired",
                KeyRole.AGENT,
                "agent/host",
                Base64.getEncoder().encodeToString(AGENT.publicKey()),
                List.of(STAGING, PRODUCTION),
                time.instant(),
                OPERATOR.name(),
                "the host is gone");
        Signed signed =
                ledger.keys().record().sign(Statement.of(says, Subject.of("agent", Digest.sha256(AGENT.publicKey()))));
        database.change(tx -> {
            ledger.append(tx, signed);
            room.targets().remove(tx, STAGING, new AgentName("host"), "main");
            room.targets().remove(tx, PRODUCTION, new AgentName("host"), "main");
        });
        follow();
    }

    Digest register(int number) {
        Digest digest = Digest.sha256(new byte[] {(byte) number});
        Registration says = new Registration(
                NAME,
                new CommitId(String.format("%040x", number)),
                "application/vnd.waybill.jar.v1",
                null,
                new Person("Dan", "dan@example.com"),
                null,
                List.of(),
                "build",
                new ActorName("ci"),
                time.instant());
        log(ledger.keys().record(), Statement.of(says, Subject.of("artifact", digest)));
        return digest;
    }

    Signed test(Digest digest, TestResult.Result result) {
        TestResult says = new TestResult(
                result,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                "unit",
                TestResult.Binding.FETCHED,
                new TestResult.Run(
                        "run-" + ++movements, null, 0, time.instant(), time.instant(), new ActorName("ci"), List.of()),
                new TestResult.Counts(1, 1, 0, 0, 0),
                List.of(),
                null);
        return log(ledger.keys().ingest(), Statement.of(says, Subject.of("artifact", digest)));
    }

    void set(Slot slot, String key, String value) {
        ConfigurationValue plain = new ConfigurationValue(ConfigurationSet.Kind.SECRET, value);
        configurations.change(
                slot, new ConfigurationChange(Map.of(key, plain), List.of(), null), new ActorName("conny"));
    }

    PromotionView promote(Digest digest, Slot slot, Actor by) {
        PromotionRequest request = new PromotionRequest(digest.toString(), slot.environment());
        return room.promote(request, by);
    }

    PromotionView approve(PromotionView promotion, Actor by) {
        return room.decide(
                promotion.id(), new ApprovalRequest(Approval.Decision.APPROVED, null, promotion.covers()), by);
    }

    void mark(Mark.Kind kind, @Nullable Digest digest, @Nullable Slot slot) {
        MarkRequest request =
                new MarkRequest(kind, false, slot, digest == null ? null : digest.toString(), "Because of a bug.");
        room.mark(request, OPERATOR.name());
    }

    /** The agent deploys the release with this outcome and, when it succeeded, sees it running. */
    Signed deployed(ReleaseId release, Digest digest, Deployment.Outcome outcome) {
        return deployed(release, digest, outcome, false);
    }

    Signed deployed(ReleaseId release, Digest digest, Deployment.Outcome outcome, boolean offline) {
        boolean good = outcome == Deployment.Outcome.SUCCEEDED;
        Deployment says = new Deployment(
                new AgentName("host"),
                target,
                ++movements,
                null,
                release,
                outcome,
                good ? release : null,
                offline,
                offline ? new ActorName("oscar") : null,
                offline ? "the shop is on fire" : null,
                time.instant(),
                time.instant(),
                good ? "Healthy." : "It did not answer.",
                null);
        Signed signed = log(AGENT, Statement.of(says, Subject.of("artifact", digest)));
        if (good) {
            seen(release, digest);
        }
        follow();
        return signed;
    }

    void seen(ReleaseId release, Digest digest) {
        Observation says = new Observation(
                new AgentName("host"),
                target,
                ++movements,
                null,
                release.slot(),
                Observation.State.RUNNING,
                digest,
                release,
                "hashed the files",
                new Observation.ProcessSeen(4711, Instant.parse("2026-03-01T12:00:00Z")),
                List.of(),
                time.instant(),
                null);
        log(AGENT, Statement.of(says, Subject.of("artifact", digest)));
    }

    void follow() {
        room.follower().catchUp();
        room.follower().judgeWaiting();
    }

    Signed log(SigningKey key, Statement statement) {
        Signed signed = key.sign(statement);
        database.change(tx -> ledger.append(tx, signed));
        return signed;
    }

    PromotionView look(String id) {
        return room.look(id);
    }

    /** Straight to staging: promoted there, deployed and seen. */
    void inStaging(Digest digest) {
        PromotionView there = promote(digest, STAGING, OPERATOR);
        ReleaseId release = there.release();
        if (release == null) {
            throw new AssertionError("Not let into staging: " + there.next());
        }
        deployed(release, digest, Deployment.Outcome.SUCCEEDED);
    }
}
