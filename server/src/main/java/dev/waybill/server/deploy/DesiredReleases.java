package dev.waybill.server.deploy;

import dev.waybill.api.deploy.DesiredRelease;
import dev.waybill.api.deploy.DesiredState;
import dev.waybill.core.bundle.BundleWriter;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.ReleaseMade;
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

    private record Snapshot(long size, JsonNode trust, List<Wanted> wanted, List<Slot> observe) {}

    /**
     * Answers at once when a release newer than ledger size {@code after} is there or an observation is wanted; otherwise
     * waits for one at most so long and then answers what there is.
     */
    public DesiredState answer(Actor actor, long after, Duration wait) {
        long end = System.nanoTime() + wait.toNanos();
        long seen = after;
        while (true) {
            Snapshot now = snapshot(actor, seen);
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (!now.wanted().isEmpty() || !now.observe().isEmpty() || left.isZero()) {
                return state(now);
            }
            seen = now.size();
            ledger.awaitGrowth(now.size(), left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }

    /**
     * Only a snapshot that is current itself counts: a release logged between catching up and reading would be inside its
     * size and missing from its rows, and nobody would ever ask for it again.
     */
    private Snapshot snapshot(Actor actor, long after) {
        while (true) {
            Optional<Snapshot> now = database.read(
                    tx -> releases.isCurrent(tx) ? Optional.of(snapshot(tx, actor, after)) : Optional.empty());
            if (now.isPresent()) {
                return now.get();
            }
            database.change(releases::catchUp);
        }
    }

    private Snapshot snapshot(Tx tx, Actor actor, long after) {
        AgentRow agent = agents.require(tx, actor);
        List<Wanted> wanted = new ArrayList<>();
        for (Slot slot : agent.slots()) {
            wanted(tx, slot, after).ifPresent(wanted::add);
        }
        List<Slot> observe = targets.targets(tx, null).stream()
                .filter(t -> t.agent().equals(agent.name()) && t.wantedAt() != null)
                .map(TargetRow::slot)
                .toList();
        JsonNode trust = Json.parse(ledger.register().trustRoot(tx).write());
        return new Snapshot(ledger.size(tx), trust, wanted, observe);
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
