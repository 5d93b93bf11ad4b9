package dev.waybill.api.registry;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A copy as it stands in the ledger: a claim of whoever made it. {@code statement} is its id. */
public record CopyView(
        ApplicationName repository,
        Digest digest,
        String from,
        @Nullable String reference,
        ActorName by,
        Instant at,
        Digest statement) {}
