package dev.waybill.server.artifact;

import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Provenance;
import dev.waybill.core.predicate.Registration;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import dev.waybill.core.statement.Signed;
import dev.waybill.core.statement.Statement;
import dev.waybill.core.statement.Subject;
import dev.waybill.server.blob.BlobStore;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.layer.LayerIndex;
import dev.waybill.server.ledger.Ledger;
import dev.waybill.server.tag.CommitTags;
import dev.waybill.server.tag.Fact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Law 2: ties a digest to its application and commit, once. Signs outside of the transaction; inside it looks whether the
 * commit or the digest is taken, so that of two at once one wins and the other is told.
 */
public final class Registrations implements CommitTags {
    private final Database database;
    private final Ledger ledger;
    private final BlobStore blobs;
    private final LayerIndex layers;
    private final Clock clock;
    private final ArtifactStore store = new SqlArtifactStore();

    public Registrations(Database database, Ledger ledger, BlobStore blobs, LayerIndex layers, Clock clock) {
        this.database = database;
        this.ledger = ledger;
        this.blobs = blobs;
        this.layers = layers;
        this.clock = clock;
    }

    /** The artifact of the commit, and whether this call made it so. */
    public record Outcome(Artifact artifact, boolean fresh) {}

    /** A registration, ready and signed, that waits for its transaction. */
    private record Candidate(Digest digest, Registration registration, Signed signed, List<Part> parts) {}

    /**
     * Registers, or finds that it is registered already; a provenance that comes along is logged in either case.
     *
     * @param presence runs first in the transaction: throws when the repository does not have the artifact
     */
    Outcome register(RegistrationRequest request, ActorName by, Database.Action presence) throws IOException {
        database.change(presence);
        Anatomy anatomy = Anatomy.read(blobs, request.digest());
        Candidate candidate = candidate(
                request.digest(),
                new Registration(
                        request.application(),
                        request.commit(),
                        anatomy.kind(),
                        request.repository(),
                        request.author(),
                        request.committer(),
                        request.commitsSince(),
                        request.via(),
                        by,
                        clock.instant()),
                anatomy);
        Signed provenance = provenance(request);
        return database.write(tx -> {
            presence.in(tx);
            Outcome outcome = settle(tx, candidate);
            if (provenance != null) {
                ledger.append(tx, provenance);
            }
            return outcome;
        });
    }

    /** A push tagged with the full commit id registers itself. */
    @Override
    public Fact pushed(ApplicationName application, CommitId commit, Digest manifest, ActorName by) {
        try {
            Anatomy anatomy = Anatomy.read(blobs, manifest);
            Candidate candidate = candidate(
                    manifest,
                    new Registration(
                            application,
                            commit,
                            anatomy.kind(),
                            null,
                            null,
                            null,
                            List.of(),
                            "push",
                            by,
                            clock.instant()),
                    anatomy);
            return tx -> settle(tx, candidate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Candidate candidate(Digest digest, Registration registration, Anatomy anatomy) {
        if (digest.algorithm() != Digest.Algorithm.SHA256) {
            throw new Problem.Refused(
                            "DIGEST_NOT_SHA256",
                            "Registering " + digest,
                            "statements are about sha256 digests only.",
                            "Push the manifest under its sha256 digest.")
                    .exception();
        }
        Signed signed = ledger.keys()
                .record()
                .sign(Statement.of(registration, subjects(digest, registration.application(), registration.commit())));
        return new Candidate(digest, registration, signed, anatomy.parts());
    }

    private @Nullable Signed provenance(RegistrationRequest request) {
        Provenance provenance = request.provenance();
        return provenance == null
                ? null
                : ledger.keys()
                        .ingest()
                        .sign(Statement.of(
                                provenance, subjects(request.digest(), request.application(), request.commit())));
    }

    private static Subject[] subjects(Digest digest, ApplicationName application, CommitId commit) {
        return new Subject[] {Subject.of(application.value(), digest), Subject.of("commit", commit)};
    }

    private Outcome settle(Tx tx, Candidate candidate) {
        Registration wanted = candidate.registration();
        Optional<Artifact> same = store.byDigest(tx, candidate.digest());
        if (same.isPresent()) {
            if (!same.get().application().equals(wanted.application())
                    || !same.get().commit().equals(wanted.commit())) {
                throw digestTaken(candidate, same.get());
            }
            return new Outcome(same.get(), false);
        }
        Optional<Artifact> other = store.byCommit(tx, wanted.application(), wanted.commit());
        if (other.isPresent()) {
            throw commitTaken(candidate, other.get());
        }
        long index = ledger.append(tx, candidate.signed());
        Artifact artifact =
                new Artifact(candidate.digest(), wanted, candidate.signed().id(), index);
        if (!store.insert(tx, artifact, candidate.parts())) {
            throw new IllegalStateException("A row of " + candidate.digest() + " appeared inside a transaction");
        }
        layers.enqueue(tx, layers(candidate));
        return new Outcome(artifact, true);
    }

    private static List<Digest> layers(Candidate candidate) {
        return candidate.parts().stream()
                .filter(part -> part.role() == Part.Role.LAYER)
                .map(Part::digest)
                .toList();
    }

    private static ProblemException commitTaken(Candidate candidate, Artifact other) {
        return new Problem.Refused(
                        "COMMIT_HAS_ARTIFACT",
                        "Registering " + candidate.digest() + " as the artifact of " + other.application() + "@"
                                + other.commit(),
                        "that commit already has its artifact: " + other.digest() + ", registered "
                                + other.registration().at() + " by "
                                + other.registration().by() + ".",
                        "Promote that one; to get its bytes, pull it (`waybill pull " + other.application() + "@"
                                + other.commit().value().substring(0, 12) + "`)."
                                + " To change what is built, commit the change and build that commit.")
                .exception();
    }

    private static ProblemException digestTaken(Candidate candidate, Artifact other) {
        return new Problem.Refused(
                        "ARTIFACT_HAS_COMMIT",
                        "Registering " + candidate.digest() + " as the artifact of "
                                + candidate.registration().application() + "@"
                                + candidate.registration().commit(),
                        "exactly these bytes are the artifact of " + other.application() + "@" + other.commit()
                                + " already, and an artifact has one origin.",
                        "Nothing changed in the bytes: promote that artifact.")
                .exception();
    }
}
