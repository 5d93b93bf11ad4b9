package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hold (pause automation in a slot), pin (keep an artifact for ever), veto (never promote it again), or the end of one.
 * Subject: the artifact's digest, or sha256 of the slot's text for a hold.
 */
public record Mark(
        Kind kind,
        boolean ended,
        ApplicationName application,
        @Nullable Slot slot,
        @Nullable Digest artifact,
        String reason,
        ActorName by,
        Instant at)
        implements Predicate {
    /** Which mark. */
    public enum Kind {
        @JsonProperty("hold")
        HOLD,
        @JsonProperty("pin")
        PIN,
        @JsonProperty("veto")
        VETO
    }

    /** True if both are of one kind and scope, so that the later one ends or repeats the earlier. */
    public boolean sameAs(Mark other) {
        return kind == other.kind
                && application.equals(other.application)
                && Objects.equals(slot, other.slot)
                && Objects.equals(artifact, other.artifact);
    }

    /** True for a veto of these bytes, everywhere or in this slot, whether it sets or ends one. */
    public boolean vetoes(Slot in, Digest bytes) {
        return kind == Kind.VETO
                && application.equals(in.application())
                && bytes.equals(artifact)
                && (slot == null || slot.equals(in));
    }

    @Override
    public String predicateType() {
        return PredicateTypes.MARK;
    }
}
