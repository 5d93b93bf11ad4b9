package dev.waybill.server.insight;

import dev.waybill.api.artifact.FileFound;
import dev.waybill.api.insight.Fact;
import dev.waybill.api.insight.TraceView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.predicate.ReleaseMade;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.PredicateTypes;
import dev.waybill.server.artifact.Artifact;
import dev.waybill.server.artifact.Artifacts;
import dev.waybill.server.artifact.FilesInside;
import dev.waybill.server.db.Tx;
import dev.waybill.server.ledger.Ledger;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the artifact that somebody means, from whatever they have in hand. */
final class Trace {
    /** As many are looked at; from there on there may be more. */
    private static final int MOST = 100;

    private final Ledger ledger;
    private final Artifacts artifacts;
    private final FilesInside files;
    private final GoodsStore goods;

    Trace(Ledger ledger, Artifacts artifacts, FilesInside files, GoodsStore goods) {
        this.ledger = ledger;
        this.artifacts = artifacts;
        this.files = files;
        this.goods = goods;
    }

    private record Found(Artifact artifact, @Nullable String file) {}

    /** Of several the newest that may be seen. */
    TraceView view(Tx tx, String asked, Sight sight) {
        List<Found> candidates = candidates(tx, asked, sight);
        List<Found> seen = once(candidates.stream()
                .filter(f -> sight.sees(f.artifact().application()))
                .toList());
        Found found = seen.stream()
                .findFirst()
                .orElseThrow(() -> new Problem.NotFound(
                                "NOTHING_FOUND",
                                "Tracing '" + asked + "'",
                                "no artifact, commit, version or file that you may see is written so.",
                                "Give a digest, a commit, APP:VERSION, ENV/APP or the sha256 of a file.")
                        .exception());
        Artifact artifact = found.artifact();
        return new TraceView(
                asked,
                artifact.application(),
                artifact.digest(),
                artifact.commit(),
                artifacts.versions(tx, artifact),
                found.file(),
                route(new Ink(ledger, tx), artifact),
                seen.stream()
                        .limit(TraceView.MOST)
                        .map(f -> holder(tx, f, sight))
                        .toList(),
                seen.size(),
                candidates.size() >= MOST);
    }

    /** Where it was copied from, as somebody says, stands before what happened to it here. */
    private static List<Fact> route(Ink ink, Artifact artifact) {
        return Stream.concat(ink.copies(artifact).stream(), Route.of(ink, artifact).stream())
                .toList();
    }

    /** Each artifact once, with the first place of the file in it, newest first. */
    private static List<Found> once(List<Found> found) {
        Map<Digest, Found> byArtifact = new LinkedHashMap<>();
        found.forEach(f -> byArtifact.putIfAbsent(f.artifact().digest(), f));
        return byArtifact.values().stream()
                .sorted(Comparator.comparingLong((Found f) -> f.artifact().index())
                        .reversed())
                .toList();
    }

    private TraceView.Holder holder(Tx tx, Found found, Sight sight) {
        Artifact artifact = found.artifact();
        List<ReleaseId> releases = ledger.about(tx, artifact.digest(), PredicateTypes.RELEASE).stream()
                .map(e -> e.statement().predicate(ReleaseMade.class, PredicateTypes.RELEASE))
                .filter(r -> sight.sees(r.slot()))
                .map(r -> new ReleaseId(r.slot(), r.number()))
                .toList();
        return new TraceView.Holder(
                artifact.application(),
                artifact.digest(),
                artifact.commit(),
                artifacts.versions(tx, artifact),
                found.file(),
                releases);
    }

    private List<Found> candidates(Tx tx, String asked, Sight sight) {
        String hex = asked.startsWith("sha256:") ? asked.substring(7) : asked;
        if (hex.matches("[0-9a-f]{64}")) {
            Digest digest = Digest.sha256Hex(hex);
            Optional<Artifact> artifact = artifacts.find(tx, digest);
            if (artifact.isPresent()) {
                return List.of(new Found(artifact.get(), null));
            }
            List<Found> inside = files.find(tx, digest).stream()
                    .flatMap(f -> found(tx, f).stream())
                    .toList();
            return inside.isEmpty() ? found(tx, goods.byCommit(tx, hex, MOST)) : inside;
        }
        if (hex.matches("[0-9a-f]{7,63}")) {
            List<Found> byCommit = found(tx, goods.byCommit(tx, hex, MOST));
            return byCommit.isEmpty() ? found(tx, goods.byDigest(tx, hex, MOST)) : byCommit;
        }
        List<Found> byVersion = found(tx, goods.byVersion(tx, asked, MOST));
        return byVersion.isEmpty() ? byReference(tx, asked, sight) : byVersion;
    }

    private List<Found> byReference(Tx tx, String asked, Sight sight) {
        try {
            Ref ref = Ref.parse(asked);
            return sight.sees(ref) ? List.of(new Found(artifacts.resolve(tx, ref), null)) : List.of();
        } catch (ProblemException e) {
            return List.of();
        }
    }

    private Optional<Found> found(Tx tx, FileFound file) {
        return artifacts.find(tx, file.artifact()).map(a -> new Found(a, file.path()));
    }

    private List<Found> found(Tx tx, List<Digest> digests) {
        return digests.stream()
                .flatMap(d -> artifacts.find(tx, d).stream())
                .map(a -> new Found(a, null))
                .toList();
    }
}
