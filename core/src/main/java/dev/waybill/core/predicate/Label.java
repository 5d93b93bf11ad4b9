package dev.waybill.core.predicate;

import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Version;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A move of a label onto its subject. {@code previous} is what it pointed at before; {@code action} is {@code set} or {@code removed}. */
public record Label(
        ApplicationName application,
        Version label,
        String action,
        @Nullable Digest previous,
        ActorName by,
        Instant at) implements Predicate {
    @Override
    public String predicateType() {
        return PredicateTypes.LABEL;
    }
}
