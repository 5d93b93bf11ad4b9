package dev.waybill.api.deploy;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment by another tool, as claimed; {@code statement} is its record in the ledger. */
public record ClaimView(
        Slot slot,
        Digest artifact,
        CommitId commit,
        @Nullable String tool,
        ActorName by,
        Instant at,
        Digest statement) {}
