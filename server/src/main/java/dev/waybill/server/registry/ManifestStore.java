package dev.waybill.server.registry;

import dev.waybill.api.oci.Link;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.server.db.Tx;
import java.util.List;
import java.util.Optional;

/** Where manifests' metadata and what they refer to are kept, per repository. */
interface ManifestStore {
    /** Stores it; when it is there already its time begins anew. */
    void put(Tx tx, ApplicationName repository, Manifest manifest, List<Link> links);

    Optional<Manifest> find(Tx tx, ApplicationName repository, Digest digest);

    /** True if it was there. */
    boolean delete(Tx tx, ApplicationName repository, Digest digest);

    /** In the document's order. */
    List<Link> links(Tx tx, ApplicationName repository, Digest digest);

    /** Some manifests that refer to this manifest or blob, as a member or content (a subject is no reference). */
    List<Digest> parents(Tx tx, ApplicationName repository, Digest digest, int limit);

    /** How many {@link #parents} there are. */
    long countParents(Tx tx, ApplicationName repository, Digest digest);

    /** What is linked in the repository, as manifest or blob, in bytes. */
    long bytes(Tx tx, ApplicationName repository);

    /** By digest, after {@code last}; of every subject and of none when the question names none. */
    List<Manifest> list(Tx tx, Referrers.Ask ask, int limit);
}
