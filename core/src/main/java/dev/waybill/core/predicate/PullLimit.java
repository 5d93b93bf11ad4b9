package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.EnvironmentName;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * From now on this account pulls only what was released into the environment (for several, into any of them); there is no
 * end of it. Subject: {@link #subject(ActorName)}.
 */
public record PullLimit(ActorName account, EnvironmentName environment, ActorName by, Instant at) implements Predicate {
    /** The sha256 of {@code account/NAME}, so that an account's limits are found in the ledger without any row. */
    public static Digest subject(ActorName account) {
        return Digest.sha256(("account/" + account).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String predicateType() {
        return PredicateTypes.PULL_LIMIT;
    }
}
