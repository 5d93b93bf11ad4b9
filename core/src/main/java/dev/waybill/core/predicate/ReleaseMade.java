package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Release {@code slot#number}: artifact + configuration version (law 5). Subject: the artifact's digest. A gap-free chain
 * per slot: {@code previous} is the id of the release statement before, null for the first.
 *
 * @param summary id of the verification summary that let it through
 * @param rollbackTo the number of the release whose artifact and configuration this one brings back
 * @param why the reason, required for a rollback
 */
public record ReleaseMade(
        Slot slot,
        long number,
        @Nullable Digest previous,
        Digest artifact,
        CommitId commit,
        long configurationVersion,
        @Nullable Digest configuration,
        Cause cause,
        Digest summary,
        @Nullable Long rollbackTo,
        @Nullable String why,
        ActorName by,
        Instant at)
        implements Predicate {
    /** Why there is a new release. */
    public enum Cause {
        @JsonProperty("promotion")
        PROMOTION,
        @JsonProperty("rollback")
        ROLLBACK,
        /** An agent went back while the server was away; the record follows the fact. */
        @JsonProperty("offline-rollback")
        OFFLINE_ROLLBACK
    }

    @Override
    public String predicateType() {
        return PredicateTypes.RELEASE;
    }
}
