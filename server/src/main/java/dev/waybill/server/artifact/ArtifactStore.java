package dev.waybill.server.artifact;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Registered artifacts. A digest is registered once; an application's commit has one artifact. */
interface ArtifactStore {
    /** Adds the artifact with its parts; false, and nothing added, when the digest or the commit is taken. */
    boolean insert(Tx tx, Artifact artifact, List<Part> parts);

    Optional<Artifact> byDigest(Tx tx, Digest digest);

    /** The artifacts of an application whose commit starts so, oldest first, at most {@code limit}. */
    List<Artifact> byCommitPrefix(Tx tx, ApplicationName application, String prefix, int limit);

    /** The artifact of exactly this commit. */
    Optional<Artifact> byCommit(Tx tx, ApplicationName application, CommitId commit);

    /** Artifacts of an application with an index below {@code before}, newest first. */
    List<Artifact> newest(Tx tx, ApplicationName application, long before, int limit);

    /** How many artifacts each application has, by name. */
    List<Count> applications(Tx tx);

    /** The artifacts that have this manifest, configuration or layer among their parts, oldest first. */
    List<Artifact> withPart(Tx tx, Digest part, int limit);

    /** The parts of an artifact in the order of their digests. */
    List<Part> parts(Tx tx, Digest artifact);

    /** An application and the number of its artifacts. */
    record Count(ApplicationName application, long artifacts) {}
}
