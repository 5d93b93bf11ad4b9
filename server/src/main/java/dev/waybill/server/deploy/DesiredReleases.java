package dev.waybill.server.deploy;

import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.api.deploy.DesiredState;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.agent.AgentRow;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.SqlTargetStore;
import dev.waybill.server.agent.TargetRow;
import dev.waybill.server.agent.TargetStore;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.identity.Actor;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What shall run in an agent's slots, with the proofs that it verifies itself. */
public final class DesiredReleases {
    /** How long one look at the wishes for fresh observations may be old. */
    private static final Duration SLICE = Duration.ofMillis(250);

    private final Database database;
    private final Ledger ledger;
    private final Agents agents;
    private final ConfigurationSource configuration;
    private final ReportStore reports = new SqlReportStore();
    private final TargetStore targets = new SqlTargetStore();
    private final Releases releases;

    public DesiredReleases(Database database, Ledger ledger, Agents agents, ConfigurationSource configuration) {
        this.database = database;
        this.ledger = ledger;
        this.agents = agents;
        this.configuration = configuration;
        this.releases = new Releases(ledger, reports);
    }

    /** A release with its values, read in one snapshot; proofs are made outside. */
    private record Wanted(ReleaseMade made, Digest statement, Configurations.Opened configuration) {}

    /**
     * @param writes as many as were acknowledged before it was read: until there are more, it would be the same again
     */
    private record Snapshot(
            long writes, AgentRow agent, long size, JsonNode trust, List<Wanted> wanted, List<Slot> observe) {
        boolean isNews() {
            return !wanted.isEmpty() || !observe.isEmpty();
        }

        /** The ledger has not grown since; who waits for a fresh observation is all that may have changed. */
        Snapshot still(long now, List<Slot> asked) {
            return new Snapshot(now, agent, size, trust, List.of(), asked);
        }
    }

    /**
     * Answers at once when a release newer than ledger size {@code after} is there or an observation is wanted; otherwise
     * waits for one at most so long and then answers what there is. While nobody writes, waiting reads nothing (decision 0016).
     */
    public DesiredState answer(Actor actor, long after, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        Snapshot now = snapshot(actor, after);
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (now.isNews() || left.isZero()) {
                return state(now);
            }
            long size = ledger.awaitGrowth(now.size(), left.compareTo(SLICE) < 0 ? left : SLICE);
            if (size > now.size() || database.writes() != now.writes()) {
                now = next(actor, now);
            }
        }
    }

    private Snapshot next(Actor actor, Snapshot last) {
        long writes = database.writes();
        Optional<Snapshot> still = database.read(tx -> ledger.size(tx) == last.size()
                ? Optional.of(last.still(writes, observe(tx, last.agent())))
                : Optional.empty());
        return still.orElseGet(() -> snapshot(actor, last.size()));
    }

    /**
     * Only a snapshot that is current itself counts: a release logged between catching up and reading would be inside its
     * size and missing from its rows, and nobody would ever ask for it again.
     */
    private Snapshot snapshot(Actor actor, long after) {
        while (true) {
            long writes = database.writes();
            Optional<Snapshot> now = database.read(
                    tx -> releases.isCurrent(tx) ? Optional.of(snapshot(tx, actor, after, writes)) : Optional.empty());
            if (now.isPresent()) {
                return now.get();
            }
            database.change(releases::catchUp);
        }
    }

    private Snapshot snapshot(Tx tx, Actor actor, long after, long writes) {
        AgentRow agent = agents.require(tx, actor);
        List<Wanted> wanted = new ArrayList<>();
        for (Slot slot : agent.slots()) {
            wanted(tx, slot, after).ifPresent(wanted::add);
        }
        JsonNode trust = Json.parse(ledger.register().trustRoot(tx).write());
        return new Snapshot(writes, agent, ledger.size(tx), trust, wanted, observe(tx, agent));
    }

    /** Slots of the agent of which somebody waits for a fresh observation. */
    private List<Slot> observe(Tx tx, AgentRow agent) {
        return agent.slots().stream()
                .flatMap(slot -> targets.targets(tx, slot).stream())
                .filter(t -> t.agent().equals(agent.name()) && t.wantedAt() != null)
                .map(TargetRow::slot)
                .toList();
    }

    /**
     * A release of one of the agent's own slots, as a bundle with its proof: who was away follows the chain link by link. {@code
     * SCOPE_MISMATCH}, {@code RELEASE_UNKNOWN}.
     */
    public byte[] link(Actor actor, ReleaseId id) {
        Digest statement = database.read(tx -> {
            if (!agents.require(tx, actor).slots().contains(id.slot())) {
                throw new Problem.Forbidden(
                                "SCOPE_MISMATCH",
                                "Reading the release " + id,
                                "this agent did not enrol for " + id.slot() + ".",
                                "An agent reads the releases of its own slots.")
                        .exception();
            }
            return new dev.waybill.server.release.Releases().require(tx, id).statement();
        });
        return BundleWriter.write(ledger.prove(statement), ledger.keys().log().verifier());
    }

    private Optional<Wanted> wanted(Tx tx, Slot slot, long after) {
        Optional<Entry> entry = reports.desired(tx, slot).flatMap(row -> ledger.find(tx, row.statement()));
        return entry.filter(e -> e.index() >= after).map(e -> {
            ReleaseMade made = e.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE);
            return new Wanted(made, e.id(), configuration.opened(tx, slot, made.configurationVersion()));
        });
    }

    private DesiredState state(Snapshot now) {
        List<DesiredRelease> desired = new ArrayList<>();
        for (Wanted wanted : now.wanted()) {
            ReleaseMade made = wanted.made();
            desired.add(new DesiredRelease(
                    new ReleaseId(made.slot(), made.number()),
                    made.artifact(),
                    made.commit(),
                    bundle(wanted.statement()),
                    bundle(made.summary()),
                    made.configurationVersion(),
                    wanted.configuration().values(),
                    made.configuration() == null ? null : bundle(made.configuration()),
                    wanted.configuration().commitmentKeys()));
        }
        return new DesiredState(now.size(), now.trust(), desired, now.observe().isEmpty() ? null : now.observe());
    }

    private JsonNode bundle(Digest statement) {
        return Json.parse(
                BundleWriter.write(ledger.prove(statement), ledger.keys().log().verifier()));
    }
}
