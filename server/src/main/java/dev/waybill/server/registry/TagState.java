package dev.waybill.server.registry;

import dev.waybill.core.name.Digest;
import org.jspecify.annotations.Nullable;

/**
 * Where a tag stands.
 *
 * @param moves how often it was set or removed so far: the number to compare before moving it again
 * @param digest where it points, null when it does not exist (any more)
 * @param last where it points or pointed last, null when it never existed
 */
record TagState(
        long moves, @Nullable Digest digest, @Nullable Digest last) {
    static final TagState NEVER = new TagState(0, null, null);
}
