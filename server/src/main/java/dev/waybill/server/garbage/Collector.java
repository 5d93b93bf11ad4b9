package dev.waybill.server.garbage;

import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.garbage.GarbageStore.Held;
import dev.waybill.server.garbage.GarbageStore.Place;
import dev.waybill.server.registry.Contents;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Takes out what nothing keeps. Plans first, so that a run that would take out too much takes out nothing; then asks again
 * for each in the transaction that takes it out, so that whatever came to keep it meanwhile does. May be killed anywhere: each
 * removal is whole, and the next run finds the rest.
 */
final class Collector {
    private static final System.Logger LOG = System.getLogger("waybill");
    private static final int PAGE = 500;
    private static final int SHOWN = 1000;

    /** What a collection works with. */
    record Ground(Database database, GarbageStore store, Registry registry, Tombstones tombstones, Clock clock) {}

    private final Ground ground;
    private final Liveness liveness;
    private final Purge purge;
    private final Terms terms;
    private final ReentrantLock one = new ReentrantLock();

    Collector(Ground ground, Liveness liveness, Purge purge, Terms terms) {
        this.ground = ground;
        this.liveness = liveness;
        this.purge = purge;
        this.terms = terms;
    }

    private record Found(List<Held> manifests, List<Held> blobs) {
        long bytes() {
            return manifests.stream().mapToLong(Held::size).sum()
                    + blobs.stream().mapToLong(Held::size).sum();
        }

        Sweep sweep(boolean dryRun, long freed, @Nullable String refused) {
            List<Sweep.Taken> taken = new ArrayList<>();
            manifests.stream().limit(SHOWN).forEach(m -> taken.add(taken(m, "manifest")));
            blobs.stream().limit(SHOWN - taken.size()).forEach(b -> taken.add(taken(b, "blob")));
            return new Sweep(dryRun, taken, manifests.size(), blobs.size(), bytes(), freed, refused);
        }

        private static Sweep.Taken taken(Held held, String kind) {
            return new Sweep.Taken(held.repository(), held.digest(), kind, held.size());
        }
    }

    /** One run at a time; {@code COLLECTION_RUNNING} while another one does. */
    Sweep run(SweepRequest request, ActorName by) throws IOException {
        if (!one.tryLock()) {
            throw new Problem.Conflict(
                            "COLLECTION_RUNNING",
                            "Collecting garbage",
                            "another collection runs.",
                            "Ask again when it is done; `waybill registry storage` shows what is there.")
                    .exception();
        }
        try {
            Instant now = ground.clock().instant();
            Found plan = new Found(manifests(now), blobs(now));
            long all = ground.database().read(ground.store()::manifests);
            boolean tooMany = terms.isTooMany(plan.manifests().size(), all);
            if (request.dryRun()) {
                return plan.sweep(true, 0, tooMany ? tooMany(plan.manifests().size(), all) : null);
            }
            if (tooMany && !request.evenMany()) {
                String why = tooMany(plan.manifests().size(), all);
                LOG.log(Level.WARNING, "Nothing is collected: " + why);
                return new Found(List.of(), List.of()).sweep(false, 0, why);
            }
            Tombstones.Removal removal = ground.tombstones().removal(now, by, rule(terms.unpromoted()));
            List<Held> manifests = plan.manifests().stream()
                    .filter(m -> takeManifest(m, removal))
                    .toList();
            // What only these referred to waits for the end of its lease, if that is not over.
            List<Held> blobs =
                    blobs(now).stream().filter(b -> takeBlob(b, removal)).toList();
            return new Found(manifests, blobs).sweep(false, purge.run(now), null);
        } finally {
            one.unlock();
        }
    }

    private static String rule(@Nullable Duration unpromoted) {
        return unpromoted == null
                ? "nothing referred to it"
                : "never promoted, and nothing kept it for " + unpromoted.toDays() + " days";
    }

    private String tooMany(long planned, long all) {
        return planned + " of " + all + " manifests would go, more than " + terms.share()
                + " % at once. Look at `waybill registry gc --dry-run`; if it is right, say --even-many.";
    }

    private List<Held> manifests(Instant now) {
        Duration time = terms.unpromoted();
        return time == null
                ? List.of()
                : free(now, (tx, from) -> ground.store().oldManifests(tx, now.minus(time), from, PAGE));
    }

    private List<Held> blobs(Instant now) {
        return free(now, (tx, from) -> ground.store().loose(tx, now.minus(Contents.LEASE), from, PAGE));
    }

    @FunctionalInterface
    private interface Pages {
        List<Held> page(Tx tx, Place from);
    }

    /** What nothing keeps, of all that the pages hold; each page is one short look, so that nobody waits for a collection. */
    private List<Held> free(Instant now, Pages pages) {
        List<Held> free = new ArrayList<>();
        Place place = Place.FIRST;
        while (true) {
            Place from = place;
            List<Held> page = ground.database().read(tx -> pages.page(tx, from));
            free.addAll(ground.database()
                    .read(tx -> page.stream().filter(h -> !isKept(tx, h, now)).toList()));
            if (page.size() < PAGE) {
                return free;
            }
            place = Place.after(page.getLast());
        }
    }

    private boolean isKept(Tx tx, Held held, Instant now) {
        return liveness.isKept(tx, held.repository(), held.digest(), now);
    }

    private boolean takeManifest(Held held, Tombstones.Removal removal) {
        try {
            return ground.registry().manifests().take(held.repository(), held.digest(), removal, tx -> {
                if (isKept(tx, held, removal.at())) {
                    throw kept(held);
                }
            });
        } catch (ProblemException e) {
            LOG.log(Level.INFO, held.digest() + " stays: " + e.problem().sentence());
            return false;
        }
    }

    private boolean takeBlob(Held held, Tombstones.Removal removal) {
        return ground.database().write(tx -> {
            boolean still = ground.store().isLoose(tx, held, removal.at().minus(Contents.LEASE));
            return still
                    && !isKept(tx, held, removal.at())
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
