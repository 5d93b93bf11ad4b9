package dev.waybill.server.garbage;

import dev.waybill.api.registry.Sweep;
import dev.waybill.server.garbage.GarbageStore.Held;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run would take out, or took out. */
record Plan(List<Held> manifests, List<Held> blobs) {
    static final Plan NOTHING = new Plan(List.of(), List.of());
    private static final int SHOWN = 1000;

    Plan {
        manifests = List.copyOf(manifests);
        blobs = List.copyOf(blobs);
    }

    Breaker.Amount amount() {
        return new Breaker.Amount(manifests.size(), blobs.size(), bytes());
    }

    private long bytes() {
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
