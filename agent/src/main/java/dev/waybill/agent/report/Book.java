package dev.waybill.agent.report;

import dev.waybill.api.deploy.SignedBody;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Observation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one target's reporting must remember, written as one file.
 *
 * @param handled the highest release number that was dealt with, however it ended
 * @param release id of the last release statement that was verified, for the chain of releases
 * @param queue what the server does not have yet, oldest first
 */
record Book(
        Chain deployments,
        Chain observations,
        @Nullable Observation lastObservation,
        long handled,
        @Nullable Release release,
        List<SignedBody> queue) {
    static final Book EMPTY = new Book(Chain.NONE, Chain.NONE, null, 0, null, List.of());

    Book {
        queue = List.copyOf(queue);
    }

    /** @param lastKey which action was said last */
    record Chain(
            long number, @Nullable Digest head, @Nullable String lastKey) {
        static final Chain NONE = new Chain(0, null, null);
    }

    record Release(long number, Digest id) {}
}
