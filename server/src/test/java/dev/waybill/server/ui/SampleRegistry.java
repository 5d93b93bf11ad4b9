package dev.waybill.server.ui;

import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.garbage.Garbage;
import dev.waybill.server.garbage.Terms;
import dev.waybill.server.page.RegistryPage;
import dev.waybill.server.registry.Tombstones;
import dev.waybill.server.traffic.RateLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A registry with something of everything, and one with nothing. */
final class SampleRegistry {
    private static final ApplicationName SHOP = new ApplicationName("shop");

    private SampleRegistry() {}

    static RegistryPage full(Instant now, String typed) {
        List<StorageView.Repository> applications = List.of(
                repository("edge/router", 18_300_000_000L, 2_100_000_000L, null),
                repository("shop", 47_100_000_000L, 6_400_000_000L, 50_000_000_000L),
                repository("billing", 3_200_000_000L, 40_000_000, 20_000_000_000L),
                repository("scratch/ada", 10_000_000_000L, 5_000_000_000L, 10_000_000_000L),
                repository("archive", 900_000_000, 0, null));
        Sweep next = new Sweep(
                true,
                List.of(
                        new Sweep.Taken(SHOP, digest("old"), "manifest", 1_204),
                        new Sweep.Taken(SHOP, digest("old layer"), "blob", 210_000_000),
                        new Sweep.Taken(new ApplicationName("scratch/ada"), digest("loose"), "blob", 88_000_000)),
                1,
                2,
                298_001_204,
                0,
                typed.isEmpty() ? null : "2 of 3 blobs would go, more than 20 % at once. " + typed);
        Garbage.Watch watch = new Garbage.Watch(
                420,
                3_911,
                79_500_000_000L,
                now.minus(Duration.ofMinutes(38)),
                1_300_000_000,
                420_000_000,
                new Garbage.Coverage(
                        4_120, 3_880, 2, now.minus(Duration.ofDays(13)), now.minus(Duration.ofMinutes(2))));
        return new RegistryPage(
                new Garbage.Overview(
                        new StorageView(applications, 61_400_000_000L, 1_720_000_000, null, 2),
                        watch,
                        next,
                        rested(now, typed),
                        List.of(new Garbage.Damage(digest("rotten"), now.minus(Duration.ofHours(5))))),
                Terms.DEFAULT,
                new RegistryPage.Uploads(
                        2,
                        1_430_000_000,
                        List.of(
                                new RegistryPage.OnItsWay("shop", "ci" + typed, 1_390_000_000, now.minusSeconds(4)),
                                new RegistryPage.OnItsWay(
                                        "a new repository",
                                        "release-manager",
                                        40_000_000,
                                        now.minus(Duration.ofHours(20))))),
                List.of(
                        new RateLimits.Refused("ci" + typed, true, 1_280, now.minusSeconds(70)),
                        new RateLimits.Refused("2001:db8::17", false, 12, now.minus(Duration.ofHours(2)))),
                212_000_000_000L);
    }

    static RegistryPage empty() {
        return new RegistryPage(
                new Garbage.Overview(
                        new StorageView(List.of(), 0, 0, null, 0),
                        new Garbage.Watch(0, 0, 0, null, 0, 0, new Garbage.Coverage(0, 0, 0, null, null)),
                        null,
                        List.of(),
                        List.of()),
                Terms.DEFAULT,
                new RegistryPage.Uploads(0, 0, List.of()),
                List.of(),
                212_000_000_000L);
    }

    private static List<Tombstones.Tombstone> rested(Instant now, String typed) {
        return List.of(
                tombstone("gone", Tombstones.Kind.MANIFEST, now, "never promoted, and nothing kept it for 90 days"),
                tombstone("gone layer", Tombstones.Kind.BLOB, now, "deleted" + typed));
    }

    private static Tombstones.Tombstone tombstone(String name, Tombstones.Kind kind, Instant now, String why) {
        return new Tombstones.Tombstone(
                SHOP,
                digest(name),
                kind,
                null,
                kind == Tombstones.Kind.MANIFEST ? 1_310 : 1_720_000_000,
                new Tombstones.Removal(
                        now.minus(Duration.ofDays(2)), new ActorName("waybill"), why, now.plus(Duration.ofDays(5))),
                null);
    }

    private static StorageView.Repository repository(String name, long bytes, long recent, @Nullable Long quota) {
        return new StorageView.Repository(new ApplicationName(name), 40, 310, bytes, recent, quota);
    }

    private static Digest digest(String name) {
        return SampleViews.digest(name);
    }
}
