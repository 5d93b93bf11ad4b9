package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What uses the disk, as far as the asker may read: sums and counts are over the listed repositories.
 *
 * @param stored bytes of everything that these repositories refer to, each digest counted once
 * @param restorable bytes of what was taken out and may still come back
 * @param verifiedSince everything was read as a whole since then; null while something never was
 */
public record StorageView(
        List<Repository> repositories,
        long stored,
        long restorable,
        @Nullable Instant verifiedSince,
        long damaged) {
    public StorageView {
        repositories = List.copyOf(repositories);
    }

    /**
     * @param bytes of what is linked there, shared or not
     * @param pushedLastMonth bytes that were linked in the last thirty days: what the next month costs if it goes on so
     */
    public record Repository(ApplicationName name, long manifests, long blobs, long bytes, long pushedLastMonth) {}
}
