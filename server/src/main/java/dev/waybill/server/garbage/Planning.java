package dev.waybill.server.garbage;

import dev.waybill.api.oci.Link;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.server.db.Tx;
import dev.waybill.server.garbage.GarbageStore.Held;
import dev.waybill.server.garbage.GarbageStore.Place;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds what a run may take out, in one walk over old manifests and one over loose blobs; each page is one short look. */
final class Planning {
    private static final int PAGE = 500;

    private final Collector.Ground ground;
    private final Liveness liveness;
    private final Terms terms;
    private final Instant now;

    Planning(Collector.Ground ground, Liveness liveness, Terms terms, Instant now) {
        this.ground = ground;
        this.liveness = liveness;
        this.terms = terms;
        this.now = now;
    }

    Plan plan() throws IOException {
        Instant leased = now.minus(terms.lease());
        Predicate<ApplicationName> receiving = ground.registry().contents().receiving(leased);
        Duration time = terms.unpromoted();
        List<Held> manifests = time == null
                ? List.of()
                : free(
                        Tombstones.Kind.MANIFEST,
                        (tx, from) -> ground.store().oldManifests(tx, now.minus(time), from, PAGE));
        List<Held> loose =
                free(Tombstones.Kind.BLOB, (tx, from) -> ground.store().loose(tx, leased, from, PAGE));
        List<Held> blobs = Stream.concat(loose.stream(), only(manifests, leased).stream())
                .filter(blob -> !receiving.test(blob.repository()))
                .toList();
        return new Plan(manifests, blobs);
    }

    @FunctionalInterface
    private interface Pages {
        List<Held> page(Tx tx, Place from);
    }

    /** What nothing keeps, of all that the pages hold. */
    private List<Held> free(Tombstones.Kind kind, Pages pages) {
        List<Held> free = new ArrayList<>();
        Place place = Place.FIRST;
        while (true) {
            Place from = place;
            List<Held> page = ground.database().read(tx -> pages.page(tx, from));
            free.addAll(ground.database()
                    .read(tx -> page.stream()
                            .filter(h -> !liveness.isKept(tx, h.as(kind), now))
                            .toList()));
            if (page.size() < PAGE) {
                return free;
            }
            place = Place.after(page.getLast());
        }
    }

    /** The blobs that only these manifests refer to: they are loose once those are gone, and count as taken out with them. */
    private List<Held> only(List<Held> manifests, Instant leased) {
        Map<Held, Long> referring = new LinkedHashMap<>();
        for (List<Held> page : pages(manifests)) {
            ground.database()
                    .read(tx -> page.stream().flatMap(m -> contents(tx, m)).toList())
                    .forEach(blob -> referring.merge(blob, 1L, Long::sum));
        }
        List<Held> only = new ArrayList<>();
        for (List<Held> page : pages(List.copyOf(referring.keySet()))) {
            only.addAll(ground.database()
                    .read(tx -> page.stream()
                            .filter(blob -> isOnly(tx, blob, referring.getOrDefault(blob, 0L), leased))
                            .toList()));
        }
        return only;
    }

    private static List<List<Held>> pages(List<Held> all) {
        List<List<Held>> pages = new ArrayList<>();
        for (int i = 0; i < all.size(); i += PAGE) {
            pages.add(all.subList(i, Math.min(i + PAGE, all.size())));
        }
        return pages;
    }

    private Stream<Held> contents(Tx tx, Held manifest) {
        return ground.registry().manifests().links(tx, manifest.repository(), manifest.digest()).stream()
                .filter(link -> link.kind() == Link.Kind.CONFIG || link.kind() == Link.Kind.LAYER)
                .map(link -> new Held(manifest.repository(), link.digest(), link.size()))
                .distinct();
    }

    private boolean isOnly(Tx tx, Held blob, long referring, Instant leased) {
        return ground.store().isOver(tx, blob, leased)
                && ground.registry().manifests().countParents(tx, blob.repository(), blob.digest()) == referring;
    }
}
