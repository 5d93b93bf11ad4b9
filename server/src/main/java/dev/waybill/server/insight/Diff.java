package dev.waybill.server.insight;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.FileInside;
import dev.waybill.api.insight.DiffView;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.Shown;
import dev.waybill.api.promotion.ConfigurationView;
import dev.waybill.api.promotion.PromotionView;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.CommitNote;
import dev.waybill.core.text.Count;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.configuration.Configurations;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Entry;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.release.Release;
import dev.waybill.server.release.Releases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What lies between two artifacts, releases or environments. */
final class Diff {
    private static final int ARTIFACTS = 500;
    private static final int RELEASES = 1000;
    private static final String SECRET = "a secret";

    private final Artifacts artifacts;
    private final Waybills waybills;
    private final GoodsStore goods;
    private final Rooms rooms;

    /** What it reads beside artifacts. */
    record Rooms(Ledger ledger, Releases releases, Configurations configurations) {}

    Diff(Artifacts artifacts, Waybills waybills, GoodsStore goods, Rooms rooms) {
        this.artifacts = artifacts;
        this.waybills = waybills;
        this.goods = goods;
        this.rooms = rooms;
    }

    /** One side: an artifact, and the release when the reference named a place. */
    record Side(Artifact artifact, @Nullable Release release) {}

    Side side(Tx tx, Ref ref, Predicate<ApplicationName> mayRead) {
        Optional<Release> release = switch (ref) {
            case Ref.InSlot r -> rooms.releases().approved(tx, r.slot());
            case Ref.ByRelease r -> rooms.releases().find(tx, r.release());
            default -> Optional.empty();
        };
        return new Side(artifacts.resolve(tx, ref, mayRead), release.orElse(null));
    }

    /** What serves in the promotion's slot until its own release takes over; what served there when it was refused. */
    Optional<Side> before(Tx tx, PromotionView promotion) {
        ReleaseId own = promotion.release();
        long before = own != null ? own.number() : firstAfter(tx, promotion);
        return before <= 1
                ? Optional.empty()
                : Optional.of(
                        side(tx, new Ref.ByRelease(new ReleaseId(promotion.slot(), before - 1)), application -> true));
    }

    /** The number of the first release after the decision, or of the next one while there is no decision. */
    private long firstAfter(Tx tx, PromotionView promotion) {
        long decided = decidedAt(tx, promotion);
        return rooms.releases().all(tx, promotion.slot(), RELEASES).stream()
                .filter(release -> index(tx, release.statement()) < decided)
                .mapToLong(release -> release.id().number() + 1)
                .max()
                .orElse(1);
    }

    /** Where the decision stands in the ledger; behind everything while there is none. */
    private long decidedAt(Tx tx, PromotionView promotion) {
        Digest summary = promotion.summary();
        return summary == null ? Long.MAX_VALUE : index(tx, summary);
    }

    private long index(Tx tx, Digest statement) {
        return rooms.ledger().find(tx, statement).map(Entry::index).orElse(Long.MAX_VALUE);
    }

    /** Takes out of the evidence what came too late for the decision. */
    Answers.Change change(Tx tx, PromotionView promotion, @Nullable DiffView whole) {
        long decided = decidedAt(tx, promotion);
        List<Fact> later = waybills.papers(tx, new Ink(rooms.ledger(), tx), promotion.artifact()).stream()
                .filter(fact -> isAfter(fact, decided))
                .toList();
        return new Answers.Change(whole == null ? null : until(whole, decided), later);
    }

    private static DiffView until(DiffView whole, long decided) {
        return new DiffView(
                whole.a(),
                whole.b(),
                whole.commits(),
                whole.leaving(),
                whole.configuration(),
                whole.run(),
                whole.files(),
                until(whole.onlyA(), decided),
                until(whole.onlyB(), decided),
                whole.sentence());
    }

    private static List<Fact> until(List<Fact> facts, long decided) {
        return facts.stream().filter(fact -> !isAfter(fact, decided)).toList();
    }

    private static boolean isAfter(Fact fact, long decided) {
        return fact.index() != null && fact.index() > decided;
    }

    /** Configuration is read by its own room, in its own transaction, before. */
    Map<String, ConfigurationView.Entry> configuration(Side side) {
        Release release = side.release();
        if (release == null || release.says().configurationVersion() == 0) {
            return Map.of();
        }
        return byKey(rooms.configurations()
                .version(release.says().slot(), release.says().configurationVersion()));
    }

    /** What the promotion would run with; what is newest while it is not judged yet. */
    Map<String, ConfigurationView.Entry> configuration(PromotionView promotion) {
        return byKey(
                promotion.covers() == null
                        ? rooms.configurations().current(promotion.slot())
                        : rooms.configurations().version(promotion.slot(), promotion.configurationVersion()));
    }

    private static Map<String, ConfigurationView.Entry> byKey(ConfigurationView version) {
        return version.entries().stream().collect(Collectors.toMap(ConfigurationView.Entry::key, Function.identity()));
    }

    /** What differs beside the bytes: configuration of the slots, and {@code run:} of the artifacts. */
    record Settings(List<DiffView.KeyChanged> keys, List<DiffView.KeyChanged> run) {}

    /** Read from files, outside of any transaction. */
    Settings settings(Side a, Side b, List<DiffView.KeyChanged> keys) {
        return new Settings(keys, RunLines.between(artifacts, a.artifact(), b.artifact()));
    }

    DiffView view(Tx tx, Side a, Side b, Settings settings) {
        List<CommitNote> commits = commits(tx, a.artifact(), b.artifact());
        boolean leaving =
                !commits.isEmpty() && b.artifact().index() < a.artifact().index();
        List<DiffView.FileChanged> files = files(tx, a.artifact(), b.artifact());
        Ink ink = new Ink(rooms.ledger(), tx);
        List<Fact> papersA = waybills.papers(tx, ink, a.artifact().digest());
        List<Fact> papersB = waybills.papers(tx, ink, b.artifact().digest());
        boolean same = a.artifact().digest().equals(b.artifact().digest());
        return new DiffView(
                shown(tx, a),
                shown(tx, b),
                commits,
                leaving,
                settings.keys(),
                settings.run(),
                files,
                same ? List.of() : papersA,
                same ? List.of() : papersB,
                (leaving ? leaving(commits.size()) : "") + sentence(same, commits.size(), settings, files.size()));
    }

    private static String leaving(int commits) {
        return "Goes back: " + Count.of(commits, "commit leaves", "commits leave") + ". ";
    }

    private static String sentence(boolean same, int commits, Settings settings, int files) {
        int keys = settings.keys().size();
        int run = settings.run().size();
        if (same) {
            return keys == 0
                    ? "Both are the same artifact."
                    : "Both are the same artifact, but "
                            + Count.of(keys, "configuration key differs.", "configuration keys differ.");
        }
        List<String> parts = new ArrayList<>(List.of(Count.of(commits, "commit"), Count.of(files, "file")));
        if (run > 0) {
            parts.add(Count.of(run, "line of `run:`", "lines of `run:`"));
        }
        if (keys > 0) {
            parts.add(Count.of(keys, "configuration key"));
        }
        String last = parts.removeLast();
        return "Between them: " + String.join(", ", parts) + " and " + last + ".";
    }

    private Shown shown(Tx tx, Side side) {
        Release release = side.release();
        Artifact artifact = side.artifact();
        ReleaseId id = release == null ? null : release.id();
        return new Shown(
                artifact.digest(),
                artifact.commit(),
                artifacts.versions(tx, artifact),
                id,
                release == null ? artifact.registration().at() : release.says().at(),
                true,
                release == null ? artifact.statement() : release.statement());
    }

    /** The commits that each artifact after the older one, up to the newer one, brought. */
    private List<CommitNote> commits(Tx tx, Artifact a, Artifact b) {
        if (!a.application().equals(b.application()) || a.index() == b.index()) {
            return List.of();
        }
        Artifact older = a.index() < b.index() ? a : b;
        Artifact newer = a.index() < b.index() ? b : a;
        List<CommitNote> commits = new ArrayList<>();
        for (ArtifactInfo info : artifacts.newest(tx, newer.application(), newer.index() + 1, ARTIFACTS)) {
            if (info.index() <= older.index()) {
                break;
            }
            commits.addAll(info.commitsSince());
        }
        return commits.stream().distinct().toList();
    }

    private List<DiffView.FileChanged> files(Tx tx, Artifact a, Artifact b) {
        Map<String, Digest> before = files(tx, a);
        Map<String, Digest> after = files(tx, b);
        TreeSet<String> paths = new TreeSet<>(before.keySet());
        paths.addAll(after.keySet());
        return paths.stream()
                .filter(p -> !Objects.equals(before.get(p), after.get(p)))
                .map(p -> new DiffView.FileChanged(p, change(before.get(p), after.get(p)), before.get(p), after.get(p)))
                .toList();
    }

    private Map<String, Digest> files(Tx tx, Artifact artifact) {
        Map<String, Digest> files = new LinkedHashMap<>();
        for (FileInside file : goods.layers(tx, artifact.application(), artifact.digest())) {
            files.put(file.path(), file.digest());
        }
        return files;
    }

    static List<DiffView.KeyChanged> keys(
            Map<String, ConfigurationView.Entry> before, Map<String, ConfigurationView.Entry> after) {
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(k -> !same(before.get(k), after.get(k)))
                .map(k -> new DiffView.KeyChanged(
                        k, change(before.get(k), after.get(k)), value(before.get(k)), value(after.get(k))))
                .toList();
    }

    /** Secrets are compared by commitment, which is the same only for the same setting of the same slot. */
    private static boolean same(ConfigurationView.@Nullable Entry a, ConfigurationView.@Nullable Entry b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        if (a.value() == null || b.value() == null) {
            return a.commitment().equals(b.commitment());
        }
        return a.value().equals(b.value());
    }

    private static @Nullable String value(ConfigurationView.@Nullable Entry entry) {
        return entry == null ? null : Objects.requireNonNullElse(entry.value(), SECRET);
    }

    static String change(@Nullable Object before, @Nullable Object after) {
        if (before == null) {
            return "added";
        }
        return after == null ? "removed" : "changed";
    }
}
