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
 * A version of a slot's configuration: keys and keyed commitments, never values. Subject: sha256 of the entries' canonical
 * JSON. Versions start at 1 and have no gaps; {@code previous} is the id of the statement before.
 */
public record ConfigurationSet(
        Slot slot, long version, @Nullable Digest previous, List<Entry> entries, ActorName by, Instant at)
        implements Predicate {
    /** What kind of thing a key names. */
    public enum Kind {
        @JsonProperty("value")
        VALUE,
        @JsonProperty("secret")
        SECRET,
        @JsonProperty("file")
        FILE
    }

    /** @param commitment HMAC-SHA256 of the value under a random key kept with the value, hex */
    public record Entry(String key, Kind kind, String commitment) {}

    @Override
    public String predicateType() {
        return PredicateTypes.CONFIGURATION;
    }
}
