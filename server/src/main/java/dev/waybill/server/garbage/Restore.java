package dev.waybill.server.garbage;

import dev.waybill.api.oci.Link;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.registry.Manifests;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import dev.waybill.server.registry.Tombstones;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Brings back what was taken out under a digest, as a manifest, a blob or both. Tags do not come back with it: where one pointed
 * is in its history.
 */
final class Restore {
    private static final int DEEPEST = 8;

    private final Database database;
    private final BlobStore blobs;
    private final Registry registry;
    private final Tombstones tombstones;
    private final Clock clock;

    Restore(Database database, BlobStore blobs, Registry registry, Tombstones tombstones, Clock clock) {
        this.database = database;
        this.blobs = blobs;
        this.registry = registry;
        this.tombstones = tombstones;
        this.clock = clock;
    }

    /**
     * {@code MANIFEST_UNKNOWN} when it was never there, {@code GONE} when its time or the time of a part is over,
     * {@code NOT_AWAY} when it is there.
     */
    void run(ApplicationName repository, Digest digest, ActorName by) throws IOException {
        Optional<Tombstones.Tombstone> asBlob = tombstone(repository, digest, Tombstones.Kind.BLOB);
        boolean listed = isListed(repository, digest);
        boolean asManifest = listed
                || tombstone(repository, digest, Tombstones.Kind.MANIFEST).isPresent();
        if (asBlob.isPresent() && (!asManifest || asBlob.get().isRestorable(clock.instant()))) {
            blob(repository, digest);
        } else if (listed) {
            bytes(repository, digest);
            throw new Problem.Conflict(
                            "NOT_AWAY",
                            "Bringing " + digest + " back to " + repository,
                            "it is there: it was never taken out, or is back already.",
                            "Nothing has to be done; `waybill registry why " + digest + "` says why it stays.")
                    .exception();
        }
        if (asManifest || asBlob.isEmpty()) {
            restore(repository, digest, by, 0);
        }
    }

    private boolean isListed(ApplicationName repository, Digest digest) {
        return registry.manifests()
                .find(repository, new Reference.ByDigest(digest))
                .isPresent();
    }

    private Optional<Tombstones.Tombstone> tombstone(ApplicationName repository, Digest digest, Tombstones.Kind kind) {
        return database.read(tx -> tombstones.find(tx, repository, digest, kind));
    }

    private void restore(ApplicationName repository, Digest digest, ActorName by, int depth) throws IOException {
        if (isListed(repository, digest)) {
            bytes(repository, digest);
            return;
        }
        Tombstones.Tombstone tombstone = tombstone(repository, digest, Tombstones.Kind.MANIFEST)
                .orElseThrow(() -> Manifests.unknown(repository, digest.toString()));
        if (!tombstone.isRestorable(clock.instant())) {
            throw gone(
                    repository,
                    digest,
                    "its time to come back ended on " + tombstone.removal().until());
        }
        if (depth > DEEPEST) {
            throw gone(repository, digest, "indexes are nested deeper than " + DEEPEST + " above it");
        }
        byte[] bytes = bytes(repository, digest);
        String mediaType = tombstone.mediaType();
        for (Link link : Manifests.parse(bytes, mediaType)) {
            switch (link.kind()) {
                case CONFIG, LAYER -> {
                    if (!isLeftOut(repository, link.digest(), Tombstones.Kind.BLOB)) {
                        blob(repository, link.digest());
                    }
                }
                case MANIFEST -> {
                    if (!isLeftOut(repository, link.digest(), Tombstones.Kind.MANIFEST)) {
                        restore(repository, link.digest(), by, depth + 1);
                    }
                }
                case FOREIGN -> {}
            }
        }
        registry.manifests().put(new Manifests.Push(repository, digest, mediaType, List.of(), by), bytes);
    }

    /** Where manifests may be sparse, what never came, or is gone for good, keeps the rest from nothing. */
    private boolean isLeftOut(ApplicationName repository, Digest digest, Tombstones.Kind kind) {
        boolean there = kind == Tombstones.Kind.MANIFEST
                ? isListed(repository, digest)
                : registry.contents().isLinked(repository, digest);
        return registry.tags().floats(repository)
                && !there
                && tombstone(repository, digest, kind)
                        .filter(t -> t.isRestorable(clock.instant()))
                        .isEmpty();
    }

    private void blob(ApplicationName repository, Digest digest) throws IOException {
        if (!database.<Boolean>write(tx -> registry.contents().restore(tx, repository, digest))) {
            throw gone(repository, digest, "it is part of it and not there any more");
        }
        // Its bytes may have been found damaged and put aside since it was taken out.
        if (registry.contents().size(repository, digest).isEmpty()) {
            throw gone(repository, digest, "it is part of it and its bytes are damaged");
        }
    }

    private byte[] bytes(ApplicationName repository, Digest digest) throws IOException {
        Optional<Blob> blob = blobs.open(digest);
        if (blob.isEmpty()) {
            throw gone(repository, digest, "its bytes left the disk");
        }
        try (Blob open = blob.get()) {
            byte[] bytes = open.bytes(Manifests.MAX_BYTES);
            if (!Digest.of(
                            digest.algorithm(),
                            digest.algorithm().newMessageDigest().digest(bytes))
                    .equals(digest)) {
                throw gone(repository, digest, "its bytes are damaged");
            }
            return bytes;
        }
    }

    private static ProblemException gone(ApplicationName repository, Digest digest, String why) {
        return new Problem.Refused(
                        "GONE",
                        "Bringing " + digest + " back to " + repository,
                        why + ".",
                        "Push the same bytes again, from a backup or from whoever pulled them.")
                .exception();
    }
}
