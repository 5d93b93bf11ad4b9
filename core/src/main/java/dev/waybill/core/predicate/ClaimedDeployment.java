package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says that another tool deployed an artifact. Subjects: the artifact's digest and sha256 of the slot's text. Signed
 * by the server, which records who said so and knows no more: no gate reads it, and it is shown as claimed.
 *
 * @param tool what deployed it, null when nobody said
 * @param by who reported it
 */
public record ClaimedDeployment(
        Slot slot, CommitId commit, @Nullable String tool, ActorName by, Instant at) implements Predicate {
    @Override
    public String predicateType() {
        return PredicateTypes.CLAIMED_DEPLOYMENT;
    }
}
