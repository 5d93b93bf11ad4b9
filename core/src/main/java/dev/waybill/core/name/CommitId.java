package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A full revision id: 40 hex digits (SHA-1) or 64 (SHA-256). With the application it is the key of law 2. */
public record CommitId(@JsonValue String value) implements Comparable<CommitId> {
    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CommitId {
        Names.require(
                value,
                SHAPE,
                64,
                new Names.Rule("COMMIT_INVALID", "a commit is its full id: 40 or 64 lower-case hex digits"));
    }

    @Override
    public int compareTo(CommitId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
