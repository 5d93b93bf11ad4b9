package dev.waybill.server.artifact;

import dev.waybill.api.artifact.ApplicationInfo;
import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.api.artifact.RegistrationRequest;
import dev.waybill.api.artifact.Resolved;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Ref;
import dev.waybill.core.name.Version;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.project.ArtifactConfig;
import dev.waybill.server.blob.Blob;
import dev.waybill.server.db.Database;
import dev.waybill.server.db.Tx;
import dev.waybill.server.registry.Reference;
import dev.waybill.server.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Registered artifacts: register, find, name, resolve. */
public final class Artifacts {
    /** A configuration blob is a page of text. */
    private static final int MAX_CONFIG = 1024 * 1024;

    private final Database database;
    private final Registry registry;
    private final Registrations registrations;
    private final References references;
    private final ArtifactStore store = new SqlArtifactStore();

    public Artifacts(Database database, Registry registry, Registrations registrations, ReleaseLookup releases) {
        this.database = database;
        this.registry = registry;
        this.registrations = registrations;
        this.references = new References(store, registry.tags(), releases);
    }

    /** Registers; {@code fresh} says whether this call did it. {@code MANIFEST_UNKNOWN}, {@code COMMIT_HAS_ARTIFACT}. */
    public ArtifactInfo register(RegistrationRequest request, ActorName by) throws IOException {
        Registrations.Outcome outcome = registrations.register(request, by, tx -> requirePushed(tx, request));
        return database.read(tx -> info(tx, outcome.artifact(), outcome.fresh()));
    }

    private void requirePushed(Tx tx, RegistrationRequest request) {
        if (!isThere(tx, request.application(), request.digest())) {
            throw new Problem.NotFound(
                            "MANIFEST_UNKNOWN",
                            "Registering " + request.digest(),
                            "the repository " + request.application() + " does not have it.",
                            "Push it there first: the repository has the application's name.")
                    .exception();
        }
    }

    /**
     * {@code ARTIFACT_GONE} when the repository no longer has the manifest: a registration outlives bytes that nothing kept.
     * Asked in the transaction that begins to keep them, so that what is kept is there.
     */
    public void requireBytes(Tx tx, ApplicationName application, Digest digest) {
        if (!isThere(tx, application, digest)) {
            throw new Problem.Refused(
                            "ARTIFACT_GONE",
                            "Keeping " + digest + " of " + application,
                            "its bytes were taken out of the registry.",
                            "Bring them back with `waybill registry restore " + application + " " + digest
                                    + "` while that is possible, or push the same bytes again.")
                    .exception();
        }
    }

    public boolean isThere(Tx tx, ApplicationName application, Digest digest) {
        return registry.manifests()
                .find(tx, application, new Reference.ByDigest(digest))
                .isPresent();
    }

    public Optional<Artifact> find(Tx tx, Digest digest) {
        return store.byDigest(tx, digest);
    }

    public Optional<Artifact> find(Tx tx, ApplicationName application, CommitId commit) {
        return store.byCommit(tx, application, commit);
    }

    /** The artifact of that digest and application, or {@code ARTIFACT_UNKNOWN}. */
    public Artifact require(Tx tx, ApplicationName application, Digest digest) {
        return find(tx, digest)
                .filter(a -> a.application().equals(application))
                .orElseThrow(() -> References.unregistered(digest));
    }

    /**
     * As {@link #resolve(Tx, Ref)} for somebody: a digest of an application that they may not read is unknown to them, in
     * the same words as one that nobody registered, so that nobody learns from a refusal what there is.
     */
    public Artifact resolve(Tx tx, Ref ref, Predicate<ApplicationName> mayRead) {
        return seen(resolve(tx, ref), mayRead);
    }

    /** The artifact of that digest, if there is one and it may be read; else {@code ARTIFACT_UNKNOWN}. */
    public Artifact require(Tx tx, Digest digest, Predicate<ApplicationName> mayRead) {
        return seen(find(tx, digest).orElseThrow(() -> References.unregistered(digest)), mayRead);
    }

    private static Artifact seen(Artifact artifact, Predicate<ApplicationName> mayRead) {
        if (!mayRead.test(artifact.application())) {
            throw References.unregistered(artifact.digest());
        }
        return artifact;
    }

    /** What the reference means now. */
    public Artifact resolve(Tx tx, Ref ref) {
        return references.resolve(tx, ref);
    }

    public Resolved resolved(Tx tx, Ref ref, String asked, Predicate<ApplicationName> mayRead) {
        Artifact artifact = resolve(tx, ref, mayRead);
        return new Resolved(
                asked, artifact.application(), artifact.digest(), artifact.commit(), versions(tx, artifact));
    }

    /** As it goes over the wire, with the versions that it has now. */
    public ArtifactInfo info(Tx tx, Artifact artifact, boolean fresh) {
        return artifact.info(versions(tx, artifact), fresh);
    }

    /** The tags that are given to people: not its commit's, not those that the referrers API falls back on. */
    public List<Version> versions(Tx tx, Artifact artifact) {
        return registry.tags().of(tx, artifact.application(), artifact.digest()).stream()
                .filter(v -> !v.value().matches("[0-9a-f]{40}|[0-9a-f]{64}|sha(256|512)-.*"))
                .toList();
    }

    /** Artifacts of an application, newest first; {@code before} is a ledger index, exclusive. */
    public List<ArtifactInfo> newest(Tx tx, ApplicationName application, long before, int limit) {
        return store.newest(tx, application, before, limit).stream()
                .map(a -> info(tx, a, false))
                .toList();
    }

    /** Every application that has an artifact. */
    public List<ApplicationInfo> applications(Tx tx) {
        return store.applications(tx).stream()
                .map(c -> new ApplicationInfo(
                        c.application(),
                        c.artifacts(),
                        newest(tx, c.application(), Long.MAX_VALUE, 1).get(0)))
                .toList();
    }

    /** Manifests, configurations and layers of an artifact. */
    public List<Part> parts(Tx tx, Digest artifact) {
        return store.parts(tx, artifact);
    }

    /** Gives a version to an artifact, for ever; {@code TAG_IMMUTABLE} when it names other bytes. */
    public ArtifactInfo tag(Artifact artifact, Version version, ActorName by) {
        if (version.value().matches("[0-9a-f]{40}|[0-9a-f]{64}|sha(256|512)-.*")) {
            throw new Problem.Malformed(
                            "VERSION_RESERVED",
                            "Giving the version " + version + " to " + artifact.digest(),
                            "a name that looks like a commit or a digest would be taken for one.",
                            "Choose a version such as 2.4.0.")
                    .exception();
        }
        registry.manifests().tag(artifact.application(), version, artifact.digest(), by);
        return database.read(tx -> info(tx, artifact, false));
    }

    /** The configuration blob of a packed artifact; empty for an image or anything else. */
    public Optional<ArtifactConfig> config(Artifact artifact) throws IOException {
        if (!artifact.registration().kind().startsWith("application/vnd.waybill.")) {
            return Optional.empty();
        }
        Optional<Digest> config = database.read(tx -> parts(tx, artifact.digest())).stream()
                .filter(p -> p.role() == Part.Role.CONFIG)
                .map(Part::digest)
                .findFirst();
        if (config.isEmpty()) {
            return Optional.empty();
        }
        Optional<Blob> blob = registry.contents().open(artifact.application(), config.get());
        if (blob.isEmpty()) {
            throw new IOException("The configuration " + config.get() + " of " + artifact.digest() + " is gone");
        }
        try (Blob open = blob.get()) {
            byte[] bytes = open.bytes(MAX_CONFIG);
            if (!Digest.sha256(bytes).equals(config.get())) {
                throw new IOException("The configuration " + config.get() + " of " + artifact.digest() + " is altered");
            }
            return Optional.of(ArtifactConfig.read(bytes));
        }
    }
}
