package dev.waybill.api.insight;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.ReleaseId;
import dev.waybill.core.name.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something came from and where it went: the newest artifact of those that were meant.
 *
 * @param holders all that were meant or hold the file, newest first, {@value #MOST} of them at most
 * @param count how many there are that may be seen
 * @param more true when {@code count} is only as many as were looked at
 */
public record TraceView(
        String asked,
        ApplicationName application,
        Digest artifact,
        CommitId commit,
        List<Version> versions,
        @Nullable String file,
        List<Fact> route,
        List<Holder> holders,
        int count,
        boolean more) {
    /** A list of more helps nobody. */
    public static final int MOST = 20;

    /**
     * An artifact that was meant, or that holds the file.
     *
     * @param releases every release of it, in the order of the ledger
     */
    public record Holder(
            ApplicationName application,
            Digest artifact,
            CommitId commit,
            List<Version> versions,
            @Nullable String file,
            List<ReleaseId> releases) {}
}
