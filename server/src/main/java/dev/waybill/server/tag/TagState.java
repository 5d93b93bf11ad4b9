package dev.waybill.server.tag;

import dev.waybill.core.name.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag stands.
 *
 * @param moves how often it was set or removed so far: the number to compare before moving it again
 * @param digest where it points, null when it does not exist (any more)
 * @param last where it points or pointed last, null when it never existed
 * @param at when it was moved last; the next move is later, so that no two moves make the same statement
 */
record TagState(
        long moves, @Nullable Digest digest, @Nullable Digest last, Instant at) {
    static final TagState NEVER = new TagState(0, null, null, Instant.EPOCH);
}
