package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A name given to a tested digest afterwards; an OCI tag (distribution-spec, "Pulling manifests": tag). */
public record Version(@JsonValue String value) implements Comparable<Version> {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Version {
        Names.require(
                value,
                SHAPE,
                128,
                new Names.Rule(
                        "VERSION_INVALID",
                        "a version starts with a letter, digit or _ and goes on with letters, digits and . _ -"));
    }

    @Override
    public int compareTo(Version other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
