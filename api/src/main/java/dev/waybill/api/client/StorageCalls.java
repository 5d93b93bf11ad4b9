package dev.waybill.api.client;

import dev.waybill.api.registry.CopyRequest;
import dev.waybill.api.registry.CopyView;
import dev.waybill.api.registry.RepositoryListing;
import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.api.registry.WhyKept;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The registry's own questions, beside the OCI protocol. */
public record StorageCalls(Connection connection) {
    /** A collection looks at every manifest that is old enough. */
    private static final Duration COLLECTION = Duration.ofMinutes(30);

    /** Why a digest is kept or not, in each repository; {@code DIGEST_UNKNOWN} when none has or had it. */
    public WhyKept why(Digest digest) {
        return connection.get(Paths.at("/api/v1/registry/why").with(digest).toString(), WhyKept.class);
    }

    public StorageView storage() {
        return connection.get("/api/v1/registry/storage", StorageView.class);
    }

    /** Takes out what nothing keeps; {@code COLLECTION_RUNNING} while another collection does. */
    public Sweep collect(SweepRequest request) {
        return connection.send("POST", "/api/v1/registry/collections", request, Sweep.class, COLLECTION);
    }

    /** A page of what a repository lists, after that digest; {@code NAME_UNKNOWN} where nothing was ever pushed. */
    public RepositoryListing list(ApplicationName repository, @Nullable Digest after) {
        Paths path = Paths.at("/api/v1/registry/repositories").with(repository).with("manifests");
        return connection.get(path.query("after", after).toString(), RepositoryListing.class);
    }

    /** Records where a manifest was copied from; the same said again by the same is recorded once. */
    public CopyView copied(CopyRequest request) {
        return connection.send("POST", "/api/v1/registry/copies", request, CopyView.class);
    }

    /** {@code MANIFEST_UNKNOWN}, or {@code GONE} when its time is over. */
    public void restore(RestoreRequest request) {
        connection.send("POST", "/api/v1/registry/restored", request);
    }
}
