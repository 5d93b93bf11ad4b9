package dev.waybill.server.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Slot;
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

    /**
     * The artifact, or {@code APPLICATION_UNKNOWN}, {@code ARTIFACT_UNKNOWN}, {@code REF_AMBIGUOUS}, {@code VERSION_UNKNOWN},
     * {@code RELEASE_UNKNOWN}.
     */
    Artifact resolve(Tx tx, Ref ref) {
        return switch (ref) {
            case Ref.ByDigest r -> registered(tx, r.digest());
            case Ref.ByCommit r -> byCommit(tx, r);
            case Ref.ByVersion r -> byVersion(tx, r);
            case Ref.InSlot r -> inSlot(tx, r.slot(), releases.approved(tx, r.slot()), r.slot());
            case Ref.ByRelease r -> inSlot(tx, r.release().slot(), releases.of(tx, r.release()), r.release());
        };
    }

    private Artifact byVersion(Tx tx, Ref.ByVersion ref) {
        String text = ref.application() + ":" + ref.version();
        Optional<Digest> digest = tags.find(tx, ref.application(), ref.version());
        if (digest.isEmpty()) {
            requireKnown(tx, ref.application(), text);
            throw unknown(
                    "VERSION_UNKNOWN",
                    text,
                    "the application has no such version.",
                    "Give it one with `waybill tag REF " + ref.version() + "`.");
        }
        return registered(tx, digest.get());
    }

    private Artifact inSlot(Tx tx, Slot slot, Optional<Digest> digest, Object asked) {
        if (digest.isEmpty()) {
            requireKnown(tx, slot.application(), asked.toString());
            throw unknown(
                    "RELEASE_UNKNOWN",
                    asked.toString(),
                    "there is no such release.",
                    "Look at `waybill history` of the environment, or promote something there.");
        }
        return registered(tx, digest.get());
    }

    /** Says first what is wrong first. Which names exist is not told: not everybody may know them all. */
    private void requireKnown(Tx tx, ApplicationName application, String asked) {
        if (store.newest(tx, application, Long.MAX_VALUE, 1).isEmpty()) {
            throw unknown(
                    "APPLICATION_UNKNOWN",
                    asked,
                    "no artifact of an application '" + application + "' is registered.",
                    "Check the name, or build its first artifact with `waybill build`.");
        }
    }

    private Artifact byCommit(Tx tx, Ref.ByCommit ref) {
        String text = ref.application() + "@" + ref.prefix();
        List<Artifact> found = store.byCommitPrefix(tx, ref.application(), ref.prefix(), CANDIDATES + 1);
        if (found.isEmpty()) {
            requireKnown(tx, ref.application(), text);
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
                "no artifact with that digest is registered where you may read.",
                "Register it with `waybill register IMAGE@DIGEST --application A --commit C`.");
    }

    private static ProblemException unknown(String code, String ref, String missing, String next) {
        return new Problem.NotFound(code, "Finding the artifact " + ref, missing, next).exception();
    }
}
