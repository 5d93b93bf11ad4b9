package dev.waybill.api.registry;

import dev.waybill.core.name.ApplicationName;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
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
    private static final int MONTH = 30;

    public StorageView {
        repositories = List.copyOf(repositories);
    }

    /**
     * @param bytes of what is linked there, shared or not
     * @param pushedLastMonth bytes that were linked in the last thirty days: what the next month costs if it goes on so
     * @param quota what may be linked there, in bytes; null without a limit
     */
    public record Repository(
            ApplicationName name,
            long manifests,
            long blobs,
            long bytes,
            long pushedLastMonth,
            @Nullable Long quota) {
        /** With what may be linked there. */
        public Repository within(@Nullable Long other) {
            return new Repository(name, manifests, blobs, bytes, pushedLastMonth, other);
        }

        /** In how many days the quota is full if it goes on as in the last month; empty without a quota, or when nothing came. */
        public OptionalLong daysLeft() {
            return quota == null || pushedLastMonth <= 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(Math.max(0, (long) ((quota - bytes) * (double) MONTH / pushedLastMonth)));
        }
    }
}
