package dev.waybill.server.deploy;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.agent.AgentRow;
import dev.waybill.server.agent.Agents;
import dev.waybill.server.agent.Silence;
import dev.waybill.server.agent.SqlTargetStore;
import dev.waybill.server.agent.TargetRow;
import dev.waybill.server.agent.TargetStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what agents said: commanded and observed, apart, each with its age. */
public final class Targets {
    private final Database database;
    private final Ledger ledger;
    private final Agents agents;
    private final ReportStore reports = new SqlReportStore();
    private final TargetStore store = new SqlTargetStore();
    private final Clock clock;
    private final Duration silence;

    public Targets(Database database, Ledger ledger, Agents agents, Clock clock, Duration silence) {
        this.database = database;
        this.ledger = ledger;
        this.agents = agents;
        this.clock = clock;
        this.silence = silence;
    }

    /** Every target of the slot, or of all slots when {@code slot} is null. */
    public List<TargetState> states(@Nullable Slot slot) {
        Instant now = clock.instant();
        return database.read(tx -> {
            List<TargetState> states = new ArrayList<>();
            for (TargetRow row : store.targets(tx, slot)) {
                states.add(state(tx, row, now));
            }
            return states;
        });
    }

    /** The slot's deployments in ledger order, at most the newest {@code limit}. */
    public List<Said> deployments(Slot slot, int limit) {
        return database.read(tx -> reports.ofSlot(tx, ReportStore.Kind.DEPLOYMENT, slot, limit));
    }

    /** The slot's observations in ledger order, at most the newest {@code limit}. */
    public List<Said> observations(Slot slot, int limit) {
        return database.read(tx -> reports.ofSlot(tx, ReportStore.Kind.OBSERVATION, slot, limit));
    }

    /** Asks the agents of the slot for a fresh observation and waits until each target has one, at most so long. */
    public List<TargetState> fresh(Slot slot, Duration wait) {
        Instant now = clock.instant();
        long before = database.write(tx -> {
            store.want(tx, slot, null, now);
            return ledger.size(tx);
        });
        long end = System.nanoTime() + wait.toNanos();
        long seen = before;
        while (!answered(slot, before)) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            if (left.isZero()) {
                break;
            }
            seen = ledger.awaitGrowth(seen, left);
        }
        return states(slot);
    }

    private boolean answered(Slot slot, long before) {
        return database.read(tx -> store.targets(tx, slot).stream()
                .allMatch(t -> reports.last(tx, ReportStore.Kind.OBSERVATION, chain(tx, t))
                        .filter(said -> said.index() >= before)
                        .isPresent()));
    }

    private TargetState state(Tx tx, TargetRow row, Instant now) {
        Optional<Entry> deployed = entry(tx, ReportStore.Kind.DEPLOYMENT, row);
        Optional<Entry> observed = entry(tx, ReportStore.Kind.OBSERVATION, row);
        Observation observation = observed.map(Targets::observation).orElse(null);
        Instant seen = row.heardAt();
        if (seen == null || observed.filter(e -> e.at().isAfter(row.heardAt())).isPresent()) {
            seen = observed.map(Entry::at).orElse(seen);
        }
        return new TargetState(
                row.agent(),
                row.target(),
                row.slot(),
                deployed.map(e -> e.statement().predicate(Deployment.class, PredicateTypes.DEPLOYMENT))
                        .orElse(null),
                deployed.map(Entry::id).orElse(null),
                observation,
                observed.map(Entry::id).orElse((Digest) null),
                row.contradicts() ? Signs.said(row).orElse(null) : null,
                seen,
                unknownSince(seen, Silence.after(silence, row.every()), now));
    }

    private static @Nullable Instant unknownSince(@Nullable Instant seen, Duration silence, Instant now) {
        return seen != null && seen.plus(silence).isBefore(now) ? seen : null;
    }

    private Optional<Entry> entry(Tx tx, ReportStore.Kind kind, TargetRow row) {
        return reports.last(tx, kind, chain(tx, row)).flatMap(said -> ledger.find(tx, said.statement()));
    }

    private ReportStore.Chain chain(Tx tx, TargetRow row) {
        long since = agents.find(tx, row.agent()).map(AgentRow::since).orElse(Long.MAX_VALUE);
        return new ReportStore.Chain(row.agent(), row.target(), since);
    }

    private static Observation observation(Entry entry) {
        return entry.statement().predicate(Observation.class, PredicateTypes.OBSERVATION);
    }
}
