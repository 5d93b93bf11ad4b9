package dev.waybill.server.promotion;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Mark;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.promotion.Decision;
import dev.waybill.core.promotion.Decision.ToLog;
import dev.waybill.core.promotion.Event;
import dev.waybill.core.promotion.Promotion;
import dev.waybill.core.statement.Signed;
import dev.waybill.server.artifact.Keeps;
import dev.waybill.server.artifact.Permits;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.promotion.Judging.Case;
import dev.waybill.server.promotion.PromotionStore.Row;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a judgement into statements and rows. Signed outside of the transaction; inside, the gates are judged again from the
 * ledger as it is there, and anything that changed meanwhile (a veto, a configuration, another release) begins it anew. The
 * verification summary, the release and their rows commit together, so there is no crash between them.
 */
final class Deciding {
    private static final int TRIES = 50;

    private final Database database;
    private final Ledger ledger;
    private final Judging judging;
    private final Cargo cargo;
    private final Releases releases;
    private final Outcomes outcomes;
    private final PromotionStore store = new SqlPromotionStore();

    Deciding(Database database, Ledger ledger, Judging judging, Cargo cargo, Releases releases, Outcomes outcomes) {
        this.database = database;
        this.ledger = ledger;
        this.judging = judging;
        this.cargo = cargo;
        this.releases = releases;
        this.outcomes = outcomes;
    }

    /** Where a decision is felt below, and the time. */
    record Outcomes(Keeps keeps, Permits permits, Clock clock) {
        Instant now() {
            return clock.instant().truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** What one judgement makes, ready to commit. */
    private record Made(
            Row row, List<Signed> statements, @Nullable Release release) {}

    Instant now() {
        return outcomes.now();
    }

    /** Judges a promotion that waits, as often as it takes, and returns it as it is then. */
    Row decide(String id) {
        judging.awaitLedger();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            Row row = database.read(tx -> store.find(tx, id)).orElseThrow(() -> Judging.unknown(id));
            if (!(row.promotion() instanceof Promotion.Undecided)) {
                return row;
            }
            List<String> contract = judging.contract(row.promotion().request());
            Instant now = outcomes.now();
            Case judged = database.read(tx -> judging.judge(tx, row, contract, now));
            if (judged.isAsBefore(row.promotion())) {
                return row;
            }
            Made made = make(judged, now);
            boolean won = database.write(tx -> {
                Optional<Row> there = store.find(tx, id);
                if (there.isEmpty()
                        || !judging.judge(tx, there.get(), contract, now).decidesAs(judged)) {
                    return false;
                }
                commit(tx, made, now);
                return true;
            });
            if (won) {
                return made.row();
            }
        }
        throw new Problem.Conflict(
                        "PROMOTION_BUSY",
                        "Deciding promotion " + id,
                        "what it rests on changed again and again.",
                        "Nothing is lost; it is looked at again by itself.")
                .exception();
    }

    private Made make(Case judged, Instant now) {
        Signing signing = new Signing(ledger.keys());
        Decision decision = Promotion.decide(judged.row().promotion(), new Event.Judged(judged.evaluation()));
        List<Signed> statements = new ArrayList<>();
        @Nullable Digest summary = null;
        for (ToLog fact : decision.facts()) {
            if (fact instanceof ToLog.Summary says) {
                Signed signed = signing.summary(says, judged.pipeline(), now);
                statements.add(signed);
                summary = signed.id();
            }
        }
        Promotion next = decision.next();
        @Nullable Release release = null;
        if (next instanceof Promotion.Decided && summary != null) {
            long number = judged.head().map(h -> h.says().number()).orElse(0L) + 1;
            ReleaseId id = new ReleaseId(judged.row().slot(), number);
            Decision numbered = Promotion.decide(next, new Event.Numbered(id, now));
            ReleaseMade says = release(judged, (ToLog.Release) numbered.facts().getFirst(), summary);
            Signed signed = signing.release(says);
            statements.add(signed);
            boolean commanded = !judged.targets().isEmpty();
            release = new Release(signed.id(), says, commanded ? Release.Outcome.DEPLOYING : Release.Outcome.NONE);
            next = commanded
                    ? Promotion.decide(numbered.next(), new Event.Commanded(judged.targets(), now))
                            .next()
                    : numbered.next();
        }
        Row row = judged.row().to(next);
        Row written = new Row(
                row.place(),
                next,
                summary,
                decision.effects().stream()
                        .filter(Decision.Effect.LookAgain.class::isInstance)
                        .map(e -> ((Decision.Effect.LookAgain) e).at())
                        .findFirst()
                        .orElse(null),
                summary == null ? null : now,
                row.sequence());
        return new Made(written, statements, release);
    }

    private ReleaseMade release(Case judged, ToLog.Release fact, Digest summary) {
        Cargo.Item item =
                database.read(tx -> cargo.require(tx, judged.row().slot().application(), fact.artifact()));
        return new ReleaseMade(
                fact.id().slot(),
                fact.id().number(),
                judged.head().map(Release::statement).orElse(null),
                fact.artifact(),
                item.commit(),
                fact.configurationVersion(),
                judged.configuration().map(Configurations.Current::statement).orElse(null),
                fact.cause(),
                summary,
                fact.rollbackTo(),
                fact.why(),
                fact.by(),
                fact.at());
    }

    private void commit(Tx tx, Made made, Instant now) {
        made.statements().forEach(signed -> ledger.append(tx, signed));
        Row row = made.row();
        Release release = made.release();
        if (release != null) {
            insert(tx, release);
        }
        if (!store.update(tx, row)) {
            throw new IllegalStateException("Promotion " + row.id() + " changed inside its own transaction");
        }
        if (!(row.promotion() instanceof Promotion.Undecided)) {
            outcomes.keeps().release(tx, row.promotion().request().artifact(), why(row.id()));
        }
        supersede(tx, row, release != null, now);
    }

    /** What was released once may be rolled back to for ever (law 3), and may be pulled for its environment. */
    void insert(Tx tx, Release release) {
        Slot slot = release.says().slot();
        Set<Digest> ran = mayRun(tx, slot);
        releases.insert(tx, release);
        outcomes.keeps()
                .keep(
                        tx,
                        release.says().artifact(),
                        new Keeps.Reason(
                                "release " + release.id(), release.says().by()));
        outcomes.permits().permit(tx, slot, release.says().artifact());
        allowAgain(tx, slot, ran);
    }

    /** What became of a release says what may still run, and so which vetoed bytes may be pulled. */
    void outcome(Tx tx, ReleaseId id, Release.Outcome outcome) {
        Set<Digest> ran = mayRun(tx, id.slot());
        releases.outcome(tx, id, outcome);
        allowAgain(tx, id.slot(), ran);
    }

    private Set<Digest> mayRun(Tx tx, Slot slot) {
        return releases.mayRun(tx, slot).stream().map(r -> r.says().artifact()).collect(Collectors.toSet());
    }

    private void allowAgain(Tx tx, Slot slot, Set<Digest> ran) {
        Set<Digest> runs = mayRun(tx, slot);
        Stream.concat(ran.stream(), runs.stream())
                .filter(artifact -> !ran.contains(artifact) || !runs.contains(artifact))
                .forEach(artifact -> allow(tx, slot, artifact));
    }

    /**
     * Bytes that were released here may be pulled while no veto of them stands. Vetoed ones may not, except where they may
     * still run: what runs may be restarted, until another release has taken its place. One that failed takes none.
     */
    void allow(Tx tx, Slot slot, Digest artifact) {
        if (judging.veto(tx, slot, artifact).isEmpty() || mayRun(tx, slot).contains(artifact)) {
            outcomes.permits().permit(tx, slot, artifact);
        } else {
            outcomes.permits().forbid(tx, slot, artifact);
        }
    }

    /** The veto that keeps these bytes out of the slot. */
    Optional<Mark> veto(Tx tx, Slot slot, Digest artifact) {
        return judging.veto(tx, slot, artifact);
    }

    Keeps keeps() {
        return outcomes.keeps();
    }

    void keep(Tx tx, Row waiting) {
        ActorName by = waiting.promotion().request().by();
        outcomes.keeps().keep(tx, waiting.promotion().request().artifact(), new Keeps.Reason(why(waiting.id()), by));
    }

    private static String why(String promotion) {
        return "promotion " + promotion;
    }

    /** A later promotion takes the place of those that wait; once released, also of those that still deploy. */
    private void supersede(Tx tx, Row by, boolean released, Instant now) {
        if (by.promotion() instanceof Promotion.Refused) {
            return;
        }
        for (Row older : store.open(tx, by.slot())) {
            boolean waits = older.promotion() instanceof Promotion.Undecided;
            if (older.place() < by.place() && (waits || released)) {
                supersede(tx, older, by.id(), now);
            }
        }
    }

    /** A release that an agent brought back alone takes the place of everything that was asked before it. */
    void supersede(Tx tx, Release by, Instant now) {
        store.open(tx, by.says().slot())
                .forEach(older -> supersede(tx, older, by.id().toString(), now));
    }

    private void supersede(Tx tx, Row older, String by, Instant now) {
        Decision decision = Promotion.decide(older.promotion(), new Event.Supersede(by, now));
        store.update(tx, older.to(decision.next()));
        outcomes.keeps().release(tx, older.promotion().request().artifact(), why(older.id()));
    }
}
