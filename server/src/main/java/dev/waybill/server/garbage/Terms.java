package dev.waybill.server.garbage;

import dev.waybill.server.registry.Contents;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The stated rule.
 *
 * @param unpromoted how long a manifest stays that nothing keeps, from its last push; null for ever
 * @param lease how long a blob stays that nothing refers to yet
 * @param rest how long what was taken out may come back
 * @param breaker what one run may take out
 */
public record Terms(@Nullable Duration unpromoted, Duration lease, Duration rest, Breaker breaker) {
    public static final Terms DEFAULT =
            new Terms(Duration.ofDays(90), Contents.LEASE, Duration.ofDays(7), new Breaker(100, 1000, 10L << 30, 20));

    /** Everything goes at once that nothing refers to, and for good: the hardest ground for a collector. */
    public static final Terms AT_ONCE = new Terms(Duration.ZERO, Duration.ZERO, Duration.ZERO, DEFAULT.breaker);

    public Terms keeping(@Nullable Duration time) {
        return new Terms(time, lease, rest, breaker);
    }
}
