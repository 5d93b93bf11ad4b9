package dev.waybill.server.artifact;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tag.Tags;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a reference means now. Called once for each thing that a person asks; from there on only the digest counts. */
final class References {
    private static final int CANDIDATES = 10;

    private final ArtifactStore store;
    private final Tags tags;
    private final ReleaseLookup releases;

    References(ArtifactStore store, Tags tags, ReleaseLookup releases) {
        this.store = store;
        this.tags = tags;
        this.releases = releases;
    }

    /** The artifact, or {@code ARTIFACT_UNKNOWN}, {@code REF_AMBIGUOUS}, {@code VERSION_UNKNOWN}, {@code RELEASE_UNKNOWN}. */
    Artifact resolve(Tx tx, Ref ref) {
        return switch (ref) {
            case Ref.ByDigest r -> registered(tx, r.digest());
            case Ref.ByCommit r -> byCommit(tx, r);
            case Ref.ByVersion r ->
                registered(
                        tx,
                        tags.find(tx, r.application(), r.version())
                                .orElseThrow(() -> unknown(
                                        "VERSION_UNKNOWN",
                                        r.application() + ":" + r.version(),
                                        "the application has no such version.",
                                        "Give it one with `waybill tag REF " + r.version() + "`.")));
            case Ref.InSlot r ->
                registered(tx, release(releases.current(tx, r.slot()), r.slot().toString()));
            case Ref.ByRelease r ->
                registered(tx, release(releases.of(tx, r.release()), r.release().toString()));
        };
    }

    private static Digest release(Optional<Digest> digest, String text) {
        return digest.orElseThrow(() -> unknown(
                "RELEASE_UNKNOWN",
                text,
                "there is no such release.",
                "Look at `waybill history` of the environment, or promote something there."));
    }

    private Artifact byCommit(Tx tx, Ref.ByCommit ref) {
        String text = ref.application() + "@" + ref.prefix();
        List<Artifact> found = store.byCommitPrefix(tx, ref.application(), ref.prefix(), CANDIDATES + 1);
        if (found.isEmpty()) {
            throw unknown(
                    "ARTIFACT_UNKNOWN",
                    text,
                    "no artifact is registered for such a commit.",
                    "Build it with `waybill build`, or register it with `waybill register`.");
        }
        if (found.size() > 1) {
            String candidates = found.stream()
                    .limit(CANDIDATES)
                    .map(a -> a.commit().value())
                    .collect(Collectors.joining(", "));
            throw new Problem.Malformed(
                            "REF_AMBIGUOUS",
                            "Finding the artifact " + text,
                            "several commits begin so: " + candidates
                                    + (found.size() > CANDIDATES ? " and more." : "."),
                            "Give more digits of the commit.")
                    .exception();
        }
        return found.get(0);
    }

    private Artifact registered(Tx tx, Digest digest) {
        return store.byDigest(tx, digest).orElseThrow(() -> unregistered(digest));
    }

    static ProblemException unregistered(Digest digest) {
        return unknown(
                "ARTIFACT_UNKNOWN",
                digest.toString(),
                "no artifact with that digest is registered.",
                "Register it with `waybill register IMAGE@DIGEST --application A --commit C`.");
    }

    private static ProblemException unknown(String code, String ref, String missing, String next) {
        return new Problem.NotFound(code, "Finding the artifact " + ref, missing, next).exception();
    }
}
