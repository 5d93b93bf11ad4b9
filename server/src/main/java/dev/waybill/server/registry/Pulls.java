package dev.waybill.server.registry;

import dev.waybill.api.oci.Document;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.tag.Tags;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Refuses content to accounts that pull only what was permitted. What is said about permitted content (its referrers, down to
 * their blobs) is permitted with it: an account that may run an artifact may verify it too. What can be run itself, an image
 * or an index, is not: anybody who builds may call any artifact its subject.
 */
public final class Pulls {
    private final Database database;
    private final BlobStore blobs;
    private final ManifestStore manifests;
    private final Tags tags;
    private final PullRules rules;

    Pulls(Database database, BlobStore blobs, ManifestStore manifests, Tags tags, PullRules rules) {
        this.database = database;
        this.blobs = blobs;
        this.manifests = manifests;
        this.tags = tags;
        this.rules = rules;
    }

    /** {@code PULL_NOT_PERMITTED}; a tag that does not exist is for others to refuse. */
    public void require(ActorName actor, ApplicationName repository, Reference reference) {
        Optional<Digest> digest = switch (reference) {
            case Reference.ByDigest r -> Optional.of(r.digest());
            case Reference.ByTag r -> tags.find(repository, r.tag());
        };
        // Not by what carries it: an image is a manifest to whoever pulls it as one, and a file to whoever refers to
        // it.
        digest.ifPresent(d -> require(
                actor,
                repository,
                d,
                tx -> rules.mayPull(tx, actor, repository, d) || isAboutPermitted(tx, actor, repository, d, null)));
    }

    /** {@code PULL_NOT_PERMITTED} for a blob. */
    public void require(ActorName actor, ApplicationName repository, Digest digest) {
        require(actor, repository, digest, tx -> permits(tx, actor, repository, digest));
    }

    /** True if a blob may be pulled from there. */
    public boolean permits(ActorName actor, ApplicationName repository, Digest digest) {
        return database.read(tx -> permits(tx, actor, repository, digest));
    }

    private boolean permits(Tx tx, ActorName actor, ApplicationName repository, Digest digest) {
        return rules.mayPull(tx, actor, repository, digest)
                || isAboutPermitted(tx, actor, repository, digest, null)
                || manifests.parents(tx, repository, digest, Integer.MAX_VALUE).stream()
                        .anyMatch(parent -> isAboutPermitted(tx, actor, repository, parent, digest));
    }

    private void require(ActorName actor, ApplicationName repository, Digest digest, Database.Work<Boolean> permitted) {
        boolean may = database.read(permitted);
        if (!may) {
            throw new Problem.Forbidden(
                            "PULL_NOT_PERMITTED",
                            actor + " asked to pull " + digest + " from " + repository,
                            "this account pulls only what was promoted into its environment, and this was not.",
                            "Promote it there (`waybill promote REF --to ENV`), or pull with an account without that limit.")
                    .exception();
        }
    }

    /** @param content what the manifest must refer to, null when it is asked for itself */
    private boolean isAboutPermitted(
            Tx tx, ActorName actor, ApplicationName repository, Digest manifest, @Nullable Digest content) {
        return manifests
                .find(tx, repository, manifest)
                // The row spares the reading of what says nothing of anything; the bytes decide.
                .filter(row -> row.subject() != null)
                .flatMap(this::document)
                .filter(Document::isAbout)
                .filter(d -> content == null
                        || d.links().stream().anyMatch(link -> link.digest().equals(content)))
                .flatMap(d -> Optional.ofNullable(d.subject()))
                .filter(subject -> rules.mayPull(tx, actor, repository, subject))
                .isPresent();
    }

    /** What the manifest's own bytes say: its row can be forged, its digest cannot. Empty when it proves nothing. */
    private Optional<Document> document(Manifest row) {
        try {
            Optional<Blob> blob = blobs.open(row.digest());
            if (blob.isEmpty()) {
                return Optional.empty();
            }
            byte[] bytes;
            try (Blob open = blob.get()) {
                bytes = open.bytes(Manifests.MAX_BYTES);
            }
            Digest.Algorithm algorithm = row.digest().algorithm();
            return Digest.of(algorithm, algorithm.newMessageDigest().digest(bytes))
                            .equals(row.digest())
                    ? Optional.of(Document.parse(bytes, row.mediaType()))
                    : Optional.empty();
        } catch (ProblemException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
