package dev.waybill.server.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
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
 * agent brought back alone. Each report is applied once, in the transaction that moves the follower over it.
 */
final class Reports {
    private static final ActorName SERVER = new ActorName("waybill");
    private static final int TRIES = 50;

    private final Database database;
    private final Ledger ledger;
    private final Facts facts;
    private final Targets targets;
    private final Releases releases;
    private final Deciding deciding;
    private final MovementStore movements = new SqlMovementStore();
    private final PromotionStore store = new SqlPromotionStore();

    Reports(Database database, Ledger ledger, Facts facts, Targets targets, Releases releases, Deciding deciding) {
        this.database = database;
        this.ledger = ledger;
        this.facts = facts;
        this.targets = targets;
        this.releases = releases;
        this.deciding = deciding;
    }

    /** What a report finds. */
    private record Found(
            boolean counts,
            Optional<Release> release,
            Optional<Row> row,
            Optional<Release> head,
            List<String> targets) {
        static final Found NOTHING = new Found(false, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    /** What a report makes. */
    private record Made(
            @Nullable Row row,
            Release.@Nullable Outcome outcome,
            List<Signed> statements,
            @Nullable Release release) {}

    /** Applies the deployment at this place and moves the follower over it; nothing when somebody else has done so. */
    void apply(Entry entry) {
        Fact<Deployment> report = Facts.fact(entry, PredicateTypes.DEPLOYMENT, Deployment.class);
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Found found = database.read(tx -> find(tx, entry, report.says().release()));
            Made made = make(found, report);
            boolean done = database.write(tx -> {
                if (movements.next(tx) != entry.index()) {
                    return true;
                }
                if (!find(tx, entry, report.says().release()).equals(found)) {
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

    private Found find(Tx tx, Entry entry, ReleaseId id) {
        if (!facts.reading(tx).counts(entry)) {
            return Found.NOTHING;
        }
        List<String> there =
                targets.of(tx, id.slot()).stream().map(History.Target::toString).toList();
        return new Found(true, releases.find(tx, id), store.byRelease(tx, id), releases.current(tx, id.slot()), there);
    }

    private Made make(Found found, Fact<Deployment> report) {
        Release release = found.release().orElse(null);
        if (!found.counts() || release == null) {
            return new Made(null, null, List.of(), null);
        }
        if (report.says().offline()) {
            return offline(found, release, report);
        }
        List<Signed> statements = new ArrayList<>();
        Row row = found.row().map(r -> moved(r, found, report, statements)).orElse(null);
        return new Made(row, outcome(release, row, report.says()), statements, null);
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

    /** A failure is final; success counts when every target that was commanded has reported it. */
    private static Release.Outcome outcome(Release release, @Nullable Row row, Deployment report) {
        if (release.outcome().isFailure()) {
            return release.outcome();
        }
        if (report.outcome() != Deployment.Outcome.SUCCEEDED) {
            return Release.Outcome.of(report.outcome());
        }
        boolean waitsForOthers = row != null && row.promotion() instanceof Promotion.Deploying;
        return waitsForOthers ? Release.Outcome.DEPLOYING : Release.Outcome.SUCCEEDED;
    }

    /** Release n+1 that refers to the agent's own statement; a second target that did the same changes nothing. */
    private Made offline(Found found, Release again, Fact<Deployment> report) {
        Deployment says = report.says();
        Release head = found.head().orElse(again);
        boolean known = head.says().cause() == ReleaseMade.Cause.OFFLINE_ROLLBACK
                && Long.valueOf(again.says().number()).equals(head.says().rollbackTo());
        if (known || says.outcome() != Deployment.Outcome.SUCCEEDED) {
            return new Made(null, null, List.of(), null);
        }
        ReleaseMade made = new ReleaseMade(
                head.says().slot(),
                head.says().number() + 1,
                head.statement(),
                again.says().artifact(),
                again.says().commit(),
                again.says().configurationVersion(),
                again.says().configuration(),
                ReleaseMade.Cause.OFFLINE_ROLLBACK,
                again.says().summary(),
                again.says().number(),
                says.why() == null ? "The agent went back while the server was away." : says.why(),
                says.by() == null ? new ActorName(says.agent().value()) : says.by(),
                says.finishedAt());
        Signed signed = new Signing(ledger.keys()).release(made, report.id());
        return new Made(null, null, List.of(signed), new Release(signed.id(), made, Release.Outcome.SUCCEEDED));
    }

    private void commit(Tx tx, Made made, Fact<Deployment> report) {
        ReleaseId id = report.says().release();
        movements.add(tx, id.slot(), report.index());
        made.statements().forEach(signed -> ledger.append(tx, signed));
        if (made.row() != null) {
            store.update(tx, made.row());
        }
        if (made.outcome() != null) {
            releases.outcome(tx, id, made.outcome());
        }
        if (made.release() != null) {
            releases.insert(tx, made.release());
            deciding.keep(tx, made.release());
        }
    }

    /** The release that follows an offline rollback, if it was made: by the id of the agent's statement. */
    Optional<Digest> following(Tx tx, Digest deployment) {
        return facts.reading(tx).entries(deployment, PredicateTypes.RELEASE).stream()
                .map(Entry::id)
                .findFirst();
    }
}
