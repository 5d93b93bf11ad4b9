package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a collection took out, or would take out.
 *
 * @param dryRun true when nothing was changed
 * @param taken at most the first thousand; the counts are of all
 * @param freed bytes that left the disk because their time to come back was over
 * @param refused why nothing was taken out although something could be; null when nothing stood against it
 */
public record Sweep(
        boolean dryRun,
        List<Taken> taken,
        long manifests,
        long blobs,
        long bytes,
        long freed,
        @Nullable String refused) {
    public Sweep {
        taken = List.copyOf(taken);
    }

    /** @param kind {@code manifest} or {@code blob} */
    public record Taken(ApplicationName repository, Digest digest, String kind, long size) {}
}
