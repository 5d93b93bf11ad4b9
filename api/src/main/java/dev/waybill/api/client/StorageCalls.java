package dev.waybill.api.client;

import dev.waybill.api.registry.RestoreRequest;
import dev.waybill.api.registry.StorageView;
import dev.waybill.api.registry.Sweep;
import dev.waybill.api.registry.SweepRequest;
import dev.waybill.api.registry.WhyKept;
import dev.waybill.core.name.Digest;
import java.time.Duration;

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

    /** {@code MANIFEST_UNKNOWN}, or {@code GONE} when its time is over. */
    public void restore(RestoreRequest request) {
        connection.send("POST", "/api/v1/registry/restored", request);
    }
}
