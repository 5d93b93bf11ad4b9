package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision. Subject: the artifact's digest.
 *
 * @param covers sha256 over digest, environment, configuration version and the sorted ids of the statements that the gates
 *     used, approvals and holds excepted; the approval is void when any of them changes
 * @param claimed true while the server signs for the person
 */
public record Approval(
        String promotion,
        Slot slot,
        Decision decision,
        @Nullable String reason,
        Digest covers,
        ActorName by,
        List<String> emails,
        boolean claimed,
        Instant at)
        implements Predicate {
    /** What the person decided. */
    public enum Decision {
        @JsonProperty("approved")
        APPROVED,
        @JsonProperty("rejected")
        REJECTED
    }

    @Override
    public String predicateType() {
        return PredicateTypes.APPROVAL;
    }
}
