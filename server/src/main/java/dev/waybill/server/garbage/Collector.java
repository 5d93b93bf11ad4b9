package dev.waybill.server.garbage;

import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database;
import dev.waybill.server.garbage.GarbageStore.Held;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes out what nothing keeps. Plans first, so that a run that would take out too much takes out nothing; then asks again
 * for each in the transaction that takes it out, so that whatever came to keep it meanwhile does. May be killed anywhere: each
 * removal is whole, and the next run finds the rest.
 */
final class Collector {
    private static final System.Logger LOG = System.getLogger("waybill");

    /** A page that several people load again and again costs one walk over the registry in such a time. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    /** What a collection works with. */
    record Ground(Database database, GarbageStore store, Registry registry, Tombstones tombstones, Clock clock) {}

    private final Ground ground;
    private final Liveness liveness;
    private final Purge purge;
    private final Terms terms;
    private final ReentrantLock one = new ReentrantLock();
    private final ReentrantLock looking = new ReentrantLock();
    private volatile @Nullable Look looked;
    private volatile @Nullable Run last;

    /** What a run would have taken out at that time. */
    private record Look(Instant at, Sweep sweep) {
        boolean isGood(Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(REMEMBERED));
        }
    }

    /** What was done, and when. */
    record Run(Instant at, Sweep sweep) {}

    Collector(Ground ground, Liveness liveness, Purge purge, Terms terms) {
        this.ground = ground;
        this.liveness = liveness;
        this.purge = purge;
        this.terms = terms;
    }

    /** One run at a time; {@code COLLECTION_RUNNING} while another one does. A dry run holds up none. */
    Sweep run(SweepRequest request, ActorName by) throws IOException {
        if (request.dryRun()) {
            if (one.isLocked()) {
                throw running();
            }
            return look(null);
        }
        if (!one.tryLock()) {
            throw running();
        }
        try {
            Instant now = ground.clock().instant();
            Plan plan = new Planning(ground, liveness, terms, now).plan();
            Optional<String> tooMuch = tooMuch(plan);
            if (tooMuch.isPresent() && !request.evenMany()) {
                LOG.log(Level.WARNING, "Nothing is collected: " + tooMuch.get());
                return done(now, Plan.NOTHING.sweep(false, 0, tooMuch.get()));
            }
            Tombstones.Removal removal = ground.tombstones().removal(now, by, rule(terms.unpromoted()));
            List<Held> manifests = takeManifests(plan.manifests(), removal);
            List<Held> blobs =
                    plan.blobs().stream().filter(b -> takeBlob(b, removal)).toList();
            ground.registry().contents().discardAbandoned();
            return done(now, new Plan(manifests, blobs).sweep(false, purge.run(now), null));
        } finally {
            looked = null;
            one.unlock();
        }
    }

    private static ProblemException running() {
        return new Problem.Conflict(
                        "COLLECTION_RUNNING",
                        "Collecting garbage",
                        "another collection runs.",
                        "Ask again when it is done; `waybill registry storage` shows what is there.")
                .exception();
    }

    /** Since the server started; null while none ran. */
    @Nullable
    Run last() {
        return last;
    }

    private Sweep done(Instant at, Sweep sweep) {
        last = new Run(at, sweep);
        return sweep;
    }

    /** What a run would take out now, or a few seconds ago; empty while one runs. */
    Optional<Sweep> plan(Instant now) throws IOException {
        return one.isLocked() ? Optional.empty() : Optional.of(look(now));
    }

    /**
     * One walk at a time, however many look: a lock apart from that of the runs, which wait for nobody who only looks.
     *
     * @param asked from when on a look that was taken lately will do; null if it will not
     */
    private Sweep look(@Nullable Instant asked) throws IOException {
        looking.lock();
        try {
            Look known = looked;
            if (asked != null && known != null && known.isGood(asked)) {
                return known.sweep();
            }
            Run before = last;
            Instant now = ground.clock().instant();
            Plan plan = new Planning(ground, liveness, terms, now).plan();
            Sweep sweep = plan.sweep(true, 0, tooMuch(plan).orElse(null));
            looked = Objects.equals(before, last) ? new Look(now, sweep) : null;
            return sweep;
        } finally {
            looking.unlock();
        }
    }

    private Optional<String> tooMuch(Plan plan) {
        return terms.breaker().refusal(plan.amount(), ground.database().read(ground.store()::all));
    }

    private static String rule(@Nullable Duration unpromoted) {
        return unpromoted == null
                ? "nothing referred to it"
                : "never promoted, and nothing kept it for " + unpromoted.toDays() + " days";
    }

    /** An index goes before its members, so that one that is listed is whole also when this ends in the middle. */
    private List<Held> takeManifests(List<Held> plan, Tombstones.Removal removal) {
        List<Held> taken = new ArrayList<>();
        List<Held> left = plan;
        int before = -1;
        while (taken.size() > before) {
            before = taken.size();
            List<Held> later = new ArrayList<>();
            for (Held held : left) {
                if (isMember(held)) {
                    later.add(held);
                } else if (takeManifest(held, removal)) {
                    taken.add(held);
                }
            }
            left = later;
        }
        return taken;
    }

    private boolean isMember(Held held) {
        return !ground.database()
                .read(tx -> ground.registry().manifests().parents(tx, held.repository(), held.digest(), 1))
                .isEmpty();
    }

    private boolean takeManifest(Held held, Tombstones.Removal removal) {
        try {
            return ground.registry().manifests().take(held.repository(), held.digest(), removal, tx -> {
                if (liveness.isKept(tx, held.as(Tombstones.Kind.MANIFEST), removal.at())) {
                    throw kept(held);
                }
            });
        } catch (ProblemException e) {
            LOG.log(Level.INFO, held.digest() + " stays: " + e.problem().sentence());
            return false;
        }
    }

    /** What only a manifest referred to that came to be kept meanwhile is not loose and stays. */
    private boolean takeBlob(Held held, Tombstones.Removal removal) {
        return ground.database().write(tx -> {
            boolean still = ground.store().isLoose(tx, held, removal.at().minus(terms.lease()));
            return still
                    && !liveness.isKept(tx, held.as(Tombstones.Kind.BLOB), removal.at())
                    && ground.registry().contents().take(tx, held.repository(), held.digest(), removal);
        });
    }

    private static ProblemException kept(Held held) {
        return new Problem.Refused(
                        "KEPT",
                        "Collecting " + held.digest(),
                        "something came to keep it meanwhile.",
                        "Ask `waybill registry why " + held.digest() + "`.")
                .exception();
    }
}
