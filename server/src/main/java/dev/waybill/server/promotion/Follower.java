package dev.waybill.server.promotion;

import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.db.Database;
import dev.waybill.server.history.Histories;
import dev.waybill.server.history.MovementStore;
import dev.waybill.server.history.SqlMovementStore;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.loop.Loop;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the ledger: moves promotions on when agents report, and judges again what waits when there is a new fact or time
 * has passed. Where it is stands in SQL and moves in the transaction of what it did, so a crash repeats nothing and skips
 * nothing; several servers on one database may all follow.
 */
public final class Follower implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger("waybill");
    private static final int PAGE = 200;

    /** Heartbeats are not logged and lengthen a soak: what waits is looked at this often even in silence. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** What this room itself or the ledger writes changes no verdict. */
    private static final Set<String> NO_NEWS = Set.of(
            PredicateTypes.CLAIMED_DEPLOYMENT,
            PredicateTypes.VERIFICATION_SUMMARY,
            PredicateTypes.RELEASE,
            PredicateTypes.LABEL,
            PredicateTypes.LINK,
            PredicateTypes.COPY);

    private final Database database;
    private final Ledger ledger;
    private final Reports reports;
    private final Deciding deciding;
    private final Marks marks;
    private final Histories histories;
    private final MovementStore movements = new SqlMovementStore();
    private final PromotionStore store = new SqlPromotionStore();
    private final Loop loop = new Loop("promotions", this::judge);
    private boolean first = true;

    Follower(Database database, Ledger ledger, Reports reports, Deciding deciding, Marks marks, Histories histories) {
        this.database = database;
        this.ledger = ledger;
        this.reports = reports;
        this.deciding = deciding;
        this.marks = marks;
        this.histories = histories;
    }

    /** Starts following in a thread of its own. */
    public void start() {
        loop.start();
    }

    private void judge() {
        boolean news = catchUp() || first;
        first = false;
        if (news || ledger.awaitGrowth(next(), LOOK) <= next()) {
            judgeWaiting();
        }
    }

    /** A ledger that cannot be read whole is told to whoever asks a gate. */
    void readAhead() {
        try {
            histories.readAhead(database);
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "Gates decide nothing now: " + e.getMessage());
        }
    }

    private long next() {
        return database.read(movements::next);
    }

    /** Reads up to the ledger's end; true if something was there that may change a verdict. */
    boolean catchUp() {
        boolean news = false;
        while (true) {
            readAhead();
            long from = next();
            List<Entry> page = database.read(tx -> ledger.after(tx, from - 1, PAGE));
            for (Entry entry : page) {
                news |= !NO_NEWS.contains(entry.statement().predicateType());
                follow(entry);
            }
            if (page.size() < PAGE) {
                endHolds(news || first);
                return news;
            }
        }
    }

    /** Only news can overtake a hold. What cannot be read now is read with the next news. */
    private void endHolds(boolean news) {
        try {
            if (news) {
                marks.endOvertaken();
            }
        } catch (ProblemException e) {
            LOG.log(System.Logger.Level.WARNING, "Holds stay for now: " + e.getMessage());
        }
    }

    /** One entry and the step over it, in one transaction. */
    private void follow(Entry entry) {
        Optional<Slot> slot = Histories.slotMoved(entry);
        if (entry.statement().predicateType().equals(PredicateTypes.DEPLOYMENT)) {
            reports.apply(entry);
            return;
        }
        database.change(tx -> {
            if (movements.moveOn(tx, entry.index(), entry.index() + 1)) {
                slot.ifPresent(s -> movements.add(tx, s, entry.index()));
                if (entry.statement().predicateType().equals(PredicateTypes.KEY)) {
                    reports.targetsChanged(tx);
                }
            }
        });
    }

    /** Judges everything that waits; one that cannot be judged now does not keep the others. */
    void judgeWaiting() {
        for (String id : database.read(store::undecided)) {
            try {
                deciding.decide(id);
            } catch (UncheckedIOException e) {
                LOG.log(System.Logger.Level.WARNING, "Promotion " + id + " cannot be judged now", e);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "Promotion " + id + " waits: " + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        loop.close();
    }
}
