package dev.waybill.server.artifact;

import dev.waybill.api.artifact.ArtifactInfo;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.predicate.Registration;
import java.util.List;

/**
 * A registered artifact.
 *
 * @param statement id of the registration in the ledger
 * @param index its place there; artifacts of an application are ordered by it
 */
public record Artifact(Digest digest, Registration registration, Digest statement, long index) {
    public ApplicationName application() {
        return registration.application();
    }

    public CommitId commit() {
        return registration.commit();
    }

    /** As it goes over the wire. */
    public ArtifactInfo info(List<Version> versions, boolean fresh) {
        return new ArtifactInfo(
                registration.application(),
                registration.commit(),
                digest,
                registration.kind(),
                registration.repository(),
                registration.author(),
                registration.commitsSince(),
                versions,
                registration.by(),
                registration.via(),
                registration.at(),
                statement,
                index,
                fresh);
    }
}
