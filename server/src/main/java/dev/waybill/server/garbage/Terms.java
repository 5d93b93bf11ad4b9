package dev.waybill.server.garbage;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stated rule.
 *
 * @param unpromoted how long a manifest stays that nothing keeps, from its last push; null for ever
 * @param few a run may always take out so many manifests
 * @param share beyond that it may take out at most this share of all, in percent
 */
public record Terms(@Nullable Duration unpromoted, int few, int share) {
    public static final Terms DEFAULT = new Terms(Duration.ofDays(90), 100, 20);

    /** How long what was taken out may come back. */
    public static final Duration REST = Duration.ofDays(7);

    public Terms keeping(@Nullable Duration time) {
        return new Terms(time, few, share);
    }

    boolean isTooMany(long manifests, long all) {
        return manifests > few && manifests * 100 > all * share;
    }
}
