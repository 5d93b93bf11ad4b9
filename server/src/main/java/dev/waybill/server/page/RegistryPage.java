package dev.waybill.server.page;

import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.core.text.Bytes;
import dev.waybill.core.text.Count;
import dev.waybill.server.garbage.Garbage;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.registry.Tombstones.Kind;
import dev.waybill.server.registry.Tombstones.Tombstone;
import dev.waybill.server.traffic.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The registry as whoever runs the server sees it.
 *
 * @param terms the rule by which things go
 * @param waiting who was told to wait
 * @param free bytes that the disk has left
 */
public record RegistryPage(
        Garbage.Overview overview, Terms terms, Uploads uploads, List<RateLimits.Refused> waiting, long free) {
    private static final int ROWS = 100;
    private static final int FAR = 365;
    private static final int FULL = 90;

    /** @param shown those that were touched last */
    public record Uploads(long number, long bytes, List<OnItsWay> shown) {}

    public record OnItsWay(String repository, String account, long bytes, Instant touched) {}

    /** Those that are closest to their quota first, then the largest. */
    public List<StorageView.Repository> applications() {
        return overview.storage().repositories().stream()
                .sorted(Comparator.comparingLong(RegistryPage::percent)
                        .thenComparingLong(StorageView.Repository::bytes)
                        .reversed())
                .limit(ROWS)
                .toList();
    }

    public int otherApplications() {
        return Math.max(0, overview.storage().repositories().size() - ROWS);
    }

    /** Of its quota, 0 without one. */
    public static long percent(StorageView.Repository one) {
        Long quota = one.quota();
        return quota == null ? 0 : (long) (one.bytes() * 100.0 / quota);
    }

    public static boolean isNearlyFull(StorageView.Repository one) {
        return percent(one) >= FULL;
    }

    /** What the next month brings if it is like the last. */
    public static String forecast(StorageView.Repository one) {
        OptionalLong days = one.daysLeft();
        Long quota = one.quota();
        if (quota != null && one.bytes() >= quota) {
            return "full";
        }
        if (days.isPresent() && days.getAsLong() <= FAR) {
            return "full in " + Count.of(days.getAsLong(), "day");
        }
        return one.pushedLastMonth() == 0
                ? "does not grow"
                : Bytes.of(one.bytes() + one.pushedLastMonth()) + " in 30 days";
    }

    /** How long the disk lasts. */
    public String disk() {
        long month = overview.storage().repositories().stream()
                .mapToLong(StorageView.Repository::pushedLastMonth)
                .sum();
        String left = Bytes.of(free) + " are free on the disk";
        long days = month == 0 ? Long.MAX_VALUE : (long) (free * 30.0 / month);
        return days > FAR ? left : left + ", enough for " + Count.of(days, "day") + " like the last thirty";
    }

    /** What the next collection would do, in a sentence. */
    public static String would(Sweep next) {
        return next.taken().isEmpty()
                ? "The next collection takes nothing out."
                : "The next collection takes out " + Count.of(next.manifests(), "manifest") + " and "
                        + Count.of(next.blobs(), "blob") + ", " + Bytes.of(next.bytes()) + ".";
    }

    /** Why such a thing goes. */
    public String why(Sweep.Taken taken) {
        if (!taken.kind().equals(Kind.MANIFEST.label())) {
            return "nothing that stays refers to it";
        }
        Duration time = terms.unpromoted();
        return "never promoted, nothing keeps it" + (time == null ? "" : ", last pushed over " + days(time) + " ago");
    }

    public String lease() {
        return When.length(terms.lease());
    }

    public String rest() {
        return days(terms.rest());
    }

    private static String days(Duration time) {
        return Count.of(time.toDays(), "day");
    }

    public List<Sweep.Taken> taken(Sweep next) {
        return next.taken().stream().limit(ROWS).toList();
    }

    public long otherTaken(Sweep next) {
        return next.manifests() + next.blobs() - taken(next).size();
    }

    /** How something comes back. */
    public static String back(Tombstone was) {
        return was.kind() == Kind.MANIFEST ? "waybill registry restore " + was.repository() + " " + was.digest() : "";
    }

    /** In percent; all of nothing is all. */
    public long read() {
        Garbage.Coverage read = overview.watch().read();
        return read.stored() == 0 ? 100 : Math.min(100, read.digests() * 100 / read.stored());
    }
}
