package dev.waybill.server.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.policy.Fact;
import dev.waybill.core.policy.History;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.promotion.Decision;
import dev.waybill.core.promotion.Decision.ToLog;
import dev.waybill.core.promotion.Event;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.history.Facts;
import dev.waybill.server.history.MovementStore;
import dev.waybill.server.history.SqlMovementStore;
import dev.waybill.server.history.Targets;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What agents report of deployments: moves the promotion on, holds the slot when it failed, and gives a number to what an
 * agent brought back alone if the policy of rollbacks lets it. Each report is applied once, in the transaction that moves the follower over it.
 */
final class Reports {
    private static final ActorName SERVER = new ActorName("waybill");
    private static final int TRIES = 50;

    private final Database database;
    private final Ledger ledger;
    private final Targets targets;
    private final Releases releases;
    private final Deciding deciding;
    private final Judged judged;
    private final MovementStore movements = new SqlMovementStore();
    private final PromotionStore store = new SqlPromotionStore();

    Reports(Database database, Ledger ledger, Targets targets, Releases releases, Deciding deciding, Judged judged) {
        this.database = database;
        this.ledger = ledger;
        this.targets = targets;
        this.releases = releases;
        this.deciding = deciding;
        this.judged = judged;
    }

    /** What reports are held against. */
    record Judged(Brought brought, WentBack wentBack) {}

    /**
     * What a report finds.
     *
     * @param everywhere true when every target of the slot succeeded with the release
     * @param against why the slot must not follow an offline rollback
     */
    private record Found(
            Optional<Release> release,
            Optional<Row> row,
            Optional<Release> head,
            List<String> targets,
            boolean everywhere,
            Optional<String> against) {
        static final Found NOTHING =
                new Found(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), false, Optional.empty());
    }

    /** What a report makes. */
    private record Made(
            @Nullable Row row,
            Release.@Nullable Outcome outcome,
            List<Signed> statements,
            @Nullable Release release) {
        static final Made NOTHING = new Made(null, null, List.of(), null);
    }

    /** Applies the deployment at this place and moves the follower over it; nothing when somebody else has done so. */
    void apply(Entry entry) {
        Fact<Deployment> report = Facts.fact(entry, PredicateTypes.DEPLOYMENT, Deployment.class);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Found found = database.read(tx -> find(tx, entry, report));
            Made made = make(found, report);
            boolean done = database.write(tx -> {
                if (movements.next(tx) != entry.index()) {
                    return true;
                }
                if (!find(tx, entry, report).equals(found)) {
                    return false;
                }
                commit(tx, made, report);
                return movements.moveOn(tx, entry.index(), entry.index() + 1);
            });
            if (done) {
                return;
            }
        }
        throw new IllegalStateException("The report " + entry.id() + " was overtaken " + TRIES + " times");
    }

    private Found find(Tx tx, Entry entry, Fact<Deployment> report) {
        ReleaseId id = report.says().release();
        Optional<Release> release = releases.find(tx, id);
        Optional<Release> head = releases.approved(tx, id.slot());
        if (release.isEmpty() || head.isEmpty() || !judged.brought().counts(tx, entry)) {
            return Found.NOTHING;
        }
        List<String> there = targets(tx, id.slot());
        boolean asks = isOfflineRollback(report.says()) && !WentBack.isThere(head.get(), release.get());
        return new Found(
                release,
                store.byRelease(tx, id),
                head,
                there,
                judged.brought().everywhere(tx, release.get(), there),
                asks ? judged.wentBack().against(tx, report, head.get(), release.get()) : Optional.empty());
    }

    /** Whoever waits for a target that is not there any more waits for it no longer: its agent was retired, or enrolled again. */
    void targetsChanged(Tx tx) {
        for (Row row : store.list(tx, PromotionStore.Choice.of(null, true, Integer.MAX_VALUE))) {
            if (row.promotion() instanceof Promotion.Deploying deploying) {
                ReleaseId id = deploying.released().release();
                List<String> there = targets(tx, row.slot());
                List<String> missing = releases.find(tx, id)
                        .map(r -> judged.brought().missing(tx, r, there))
                        .orElse(there);
                Promotion next = Promotion.decide(deploying, new Event.Left(there, missing))
                        .next();
                if (!next.equals(deploying)) {
                    store.update(tx, row.to(next));
                    deciding.outcome(tx, id, outcome(next));
                }
            }
        }
    }

    private static Release.Outcome outcome(Promotion left) {
        return switch (left) {
            case Promotion.Succeeded p -> Release.Outcome.SUCCEEDED;
            case Promotion.Deploying p -> Release.Outcome.DEPLOYING;
            default -> Release.Outcome.NONE;
        };
    }

    private List<String> targets(Tx tx, Slot slot) {
        return targets.of(tx, slot).stream().map(History.Target::toString).toList();
    }

    private static boolean isOfflineRollback(Deployment says) {
        return says.offline() && says.outcome() == Deployment.Outcome.SUCCEEDED;
    }

    private Made make(Found found, Fact<Deployment> report) {
        Release release = found.release().orElse(null);
        if (release == null) {
            return Made.NOTHING;
        }
        if (report.says().offline()) {
            return offline(found, release, report);
        }
        List<Signed> statements = new ArrayList<>();
        Row row = found.row().map(r -> moved(r, found, report, statements)).orElse(null);
        return new Made(row, outcome(found, release, row, report.says()), statements, null);
    }

    /** The promotion after this report; null when it changes nothing there. */
    private @Nullable Row moved(Row row, Found found, Fact<Deployment> report, List<Signed> statements) {
        Promotion state = row.promotion();
        if (state instanceof Promotion.Released && !found.targets().isEmpty()) {
            state = Promotion.decide(state, new Event.Commanded(found.targets(), deciding.now()))
                    .next();
        }
        if (!(state instanceof Promotion.Deploying)) {
            return null;
        }
        Decision decision = Promotion.decide(state, new Event.Reported(report.says()));
        for (ToLog fact : decision.facts()) {
            if (fact instanceof ToLog.Hold hold) {
                statements.add(new Signing(ledger.keys()).hold(hold, report.id(), SERVER));
            }
        }
        return row.to(decision.next());
    }

    /**
     * A failure is final. Success counts when every target has reported it: those that were commanded, or, when another
     * release took this one's place or no promotion made it, all that the slot has.
     */
    private static Release.Outcome outcome(Found found, Release release, @Nullable Row moved, Deployment report) {
        if (release.outcome().isFailure()) {
            return release.outcome();
        }
        if (report.outcome() != Deployment.Outcome.SUCCEEDED) {
            return Release.Outcome.of(report.outcome());
        }
        Promotion state = moved != null
                ? moved.promotion()
                : found.row().map(Row::promotion).orElse(null);
        boolean all = switch (state) {
            case Promotion.Succeeded p -> true;
            case Promotion.Deploying p -> false;
            case null, default -> found.everywhere();
        };
        if (all || release.outcome() == Release.Outcome.SUCCEEDED) {
            return Release.Outcome.SUCCEEDED;
        }
        return release.outcome() == Release.Outcome.SUPERSEDED ? release.outcome() : Release.Outcome.DEPLOYING;
    }

    /** The slot follows what an agent brought back alone, or is held because it may not. */
    private Made offline(Found found, Release again, Fact<Deployment> report) {
        Release head = found.head().orElse(again);
        if (report.says().outcome() != Deployment.Outcome.SUCCEEDED) {
            return new Made(null, null, List.of(judged.wentBack().failed(report, deciding.now())), null);
        }
        if (WentBack.isThere(head, again)) {
            return Made.NOTHING;
        }
        if (found.against().isPresent()) {
            Signed hold = judged.wentBack().hold(report, found.against().get(), deciding.now());
            return new Made(null, null, List.of(hold), null);
        }
        ReleaseMade made = WentBack.following(report.says(), head, again);
        Signed signed = judged.wentBack().release(report, made);
        boolean alone = List.of(Brought.target(report.says())).containsAll(found.targets());
        Release.Outcome outcome = alone ? Release.Outcome.SUCCEEDED : Release.Outcome.DEPLOYING;
        return new Made(null, null, List.of(signed), new Release(signed.id(), made, outcome));
    }

    private void commit(Tx tx, Made made, Fact<Deployment> report) {
        ReleaseId id = report.says().release();
        movements.add(tx, id.slot(), report.index());
        made.statements().forEach(signed -> ledger.append(tx, signed));
        if (made.row() != null) {
            store.update(tx, made.row());
        }
        if (made.outcome() != null) {
            deciding.outcome(tx, id, made.outcome());
        }
        if (made.release() != null) {
            deciding.insert(tx, made.release());
            deciding.supersede(tx, made.release(), made.release().says().at());
        }
    }
}
