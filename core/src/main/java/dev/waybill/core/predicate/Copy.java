package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody says that they copied a manifest here from another registry. Subject: the manifest's digest. Signed by the server,
 * which saw the bytes arrive and not where they came from: no gate reads it, and it is shown as claimed.
 *
 * @param repository where it lies since
 * @param from {@code HOST[:PORT]/NAME}
 * @param reference the tag by which it was asked for there, null when it was asked for by its digest
 * @param by who copied it
 */
public record Copy(
        ApplicationName repository, String from, @Nullable String reference, ActorName by, Instant at)
        implements Predicate {
    @Override
    public String predicateType() {
        return PredicateTypes.COPY;
    }
}
