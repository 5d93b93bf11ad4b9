package dev.waybill.core.policy;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.AgentName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Approval;
import dev.waybill.core.predicate.ConfigurationSet;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.Person;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.statement.Predicate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what happened to one artifact, fact by fact, in ledger order. One minute passes with each fact. */
public final class Story {
    public static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    public static final ApplicationName SHOP = new ApplicationName("shop");
    public static final Slot STAGING = new Slot(new EnvironmentName("staging"), SHOP);
    public static final Slot PRODUCTION = new Slot(new EnvironmentName("production"), SHOP);
    public static final Digest ARTIFACT = digest("the artifact");
    public static final Digest OTHER = digest("another artifact");
    public static final AgentName AGENT = new AgentName("web");

    private final List<Fact<Registration>> registrations = new ArrayList<>();
    private final List<Fact<TestResult>> tests = new ArrayList<>();
    private final List<History.Evidence> evidence = new ArrayList<>();
    private final List<Fact<Approval>> approvals = new ArrayList<>();
    private final List<Fact<ReleaseMade>> releases = new ArrayList<>();
    private final List<Fact<Deployment>> deployments = new ArrayList<>();
    private final List<Fact<Observation>> observations = new ArrayList<>();
    private final List<History.Target> targets = new ArrayList<>();
    private final List<History.HeldMark> marks = new ArrayList<>();
    private @Nullable Fact<ConfigurationSet> configuration;
    private @Nullable List<String> required = List.of();
    private long index;

    public static Digest digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Request request(Slot slot) {
        return new Request("p1", slot, ARTIFACT, new ActorName("fourth"), List.of("fourth@example.com"), START);
    }

    public Instant now() {
        return START.plusSeconds(60 * index);
    }

    public Story registered(@Nullable String authorEmail) {
        Person author = authorEmail == null ? null : new Person("Author", authorEmail);
        registrations.add(fact(new Registration(
                SHOP, new CommitId("a".repeat(40)), "jar", null, author, author, List.of(), "build", ci(), now())));
        return this;
    }

    public Story tested(String suite, TestResult.Result result, TestResult.Binding binding) {
        return tested(suite, result, binding, null);
    }

    public Story tested(
            String suite, TestResult.Result result, TestResult.Binding binding, TestResult.@Nullable Target target) {
        TestResult.Run run = new TestResult.Run("1", null, 0, now(), now(), ci(), List.of());
        List<String> failed = result == TestResult.Result.FAILED ? List.of("CartTest.adds") : List.of();
        tests.add(fact(new TestResult(
                result, List.of(), List.of(), List.of(), failed, suite, binding, run, null, List.of(), target)));
        return this;
    }

    /** Observed, tested against the slot, observed again. */
    public Story testedOn(Slot slot, String suite, TestResult.Result result) {
        observed(slot, "t1", ARTIFACT, Observation.State.RUNNING);
        Digest before = observations.getLast().id();
        observed(slot, "t1", ARTIFACT, Observation.State.RUNNING);
        Digest after = observations.getLast().id();
        return tested(suite, result, TestResult.Binding.OBSERVED, new TestResult.Target(slot, before, after));
    }

    public Story evidence(String type) {
        index++;
        evidence.add(new History.Evidence(digest("evidence " + index), index - 1, type));
        return this;
    }

    public Story target(Slot slot, String target) {
        targets.add(new History.Target(slot, AGENT, target, null, 0));
        return this;
    }

    /** The last observation of the target is known to have held until then. */
    public Story heard(Slot slot, String target, Instant until) {
        Digest last = observations.stream()
                .filter(o -> o.says().slot().equals(slot) && o.says().target().equals(target))
                .reduce((a, b) -> b)
                .orElseThrow()
                .id();
        targets.removeIf(t -> t.slot().equals(slot) && t.target().equals(target));
        targets.add(new History.Target(slot, AGENT, target, new History.Heard(last, until), 0));
        return this;
    }

    public Story released(Slot slot, long number, Digest artifact) {
        releases.add(fact(new ReleaseMade(
                slot,
                number,
                null,
                artifact,
                new CommitId("a".repeat(40)),
                1,
                null,
                ReleaseMade.Cause.PROMOTION,
                digest("summary"),
                null,
                null,
                ci(),
                now())));
        return this;
    }

    public Story deployed(ReleaseId release, String target, Deployment.Outcome outcome) {
        ReleaseId running = outcome == Deployment.Outcome.SUCCEEDED ? release : null;
        deployments.add(fact(new Deployment(
                AGENT,
                target,
                index + 1,
                null,
                release,
                outcome,
                running,
                false,
                null,
                null,
                now(),
                now(),
                "health said so.",
                null)));
        return this;
    }

    public Story observed(Slot slot, String target, Digest artifact, Observation.State state) {
        return observed(slot, target, artifact, state, 7);
    }

    public Story observed(Slot slot, String target, Digest artifact, Observation.State state, long pid) {
        return observed(slot, target, artifact, state, pid, now());
    }

    /** Seen running as this release. */
    public Story observedAs(ReleaseId release, String target) {
        Fact<Observation> seen = observed(release.slot(), target, ARTIFACT, Observation.State.RUNNING)
                .observations
                .removeLast();
        Observation says = seen.says();
        observations.add(new Fact<>(
                seen.id(),
                seen.index(),
                new Observation(
                        says.agent(),
                        says.target(),
                        says.number(),
                        says.previous(),
                        says.slot(),
                        says.state(),
                        says.artifact(),
                        release,
                        says.how(),
                        says.process(),
                        says.files(),
                        says.at(),
                        says.checkpoint())));
        return this;
    }

    /** Seen by a host whose clock says this. */
    public Story seenAt(Slot slot, String target, Instant at) {
        return observed(slot, target, ARTIFACT, Observation.State.RUNNING, 7, at);
    }

    private Story observed(Slot slot, String target, Digest artifact, Observation.State state, long pid, Instant at) {
        observations.add(fact(new Observation(
                AGENT,
                target,
                index + 1,
                null,
                slot,
                state,
                artifact,
                null,
                "files of the process",
                new Observation.ProcessSeen(pid, START),
                List.of(),
                at,
                null)));
        return this;
    }

    /** Released, deployed on t1 and seen running there. */
    public Story healthy(Slot slot, long number) {
        if (targets.stream().noneMatch(t -> t.slot().equals(slot))) {
            target(slot, "t1");
        }
        return released(slot, number, ARTIFACT)
                .deployed(new ReleaseId(slot, number), "t1", Deployment.Outcome.SUCCEEDED)
                .observed(slot, "t1", ARTIFACT, Observation.State.RUNNING);
    }

    public Story approved(Slot slot, String by, String email, Digest covers) {
        return decided(slot, by, email, covers, Approval.Decision.APPROVED);
    }

    public Story decided(Slot slot, String by, String email, Digest covers, Approval.Decision decision) {
        List<String> emails = email.isEmpty() ? List.of() : List.of(email);
        approvals.add(
                fact(new Approval("p1", slot, decision, "because", covers, new ActorName(by), emails, true, now())));
        return this;
    }

    public Story veto(@Nullable Slot slot, boolean ended) {
        Fact<Mark> mark = fact(new Mark(
                Mark.Kind.VETO, ended, SHOP, slot, ARTIFACT, "it loses orders.", new ActorName("first"), now()));
        marks.add(new History.HeldMark(mark, false));
        return this;
    }

    public Story hold(Slot slot, boolean ended, boolean afterFailure) {
        Fact<Mark> mark =
                fact(new Mark(Mark.Kind.HOLD, ended, SHOP, slot, null, "stock-taking.", new ActorName("first"), now()));
        marks.add(new History.HeldMark(mark, afterFailure));
        return this;
    }

    public Digest lastMark() {
        return marks.getLast().mark().id();
    }

    public Story configured(Slot slot, long version, String... keys) {
        List<ConfigurationSet.Entry> entries = List.of(keys).stream()
                .map(k -> new ConfigurationSet.Entry(k, ConfigurationSet.Kind.VALUE, "00"))
                .toList();
        configuration = fact(new ConfigurationSet(slot, version, null, entries, ci(), now()));
        return this;
    }

    public Story requires(@Nullable List<String> keys) {
        required = keys;
        return this;
    }

    public History into(Slot slot) {
        return into(slot, index);
    }

    public History into(Slot slot, long completeTo) {
        return new History(
                request(slot),
                completeTo,
                registrations,
                tests,
                evidence,
                approvals,
                new History.Movements(releases, deployments, observations, targets),
                marks,
                new History.Configuration(configuration, required));
    }

    private <P extends Predicate> Fact<P> fact(P says) {
        index++;
        return new Fact<>(digest("statement " + index), index - 1, says);
    }

    private static ActorName ci() {
        return new ActorName("ci");
    }
}
