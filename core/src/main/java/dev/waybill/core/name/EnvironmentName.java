package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** A place in a pipeline, such as {@code staging}. */
public record EnvironmentName(@JsonValue String value) implements Comparable<EnvironmentName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public EnvironmentName {
        Names.require(
                value,
                SHAPE,
                63,
                new Names.Rule(
                        "ENVIRONMENT_NAME_INVALID",
                        "an environment's name has lower-case letters and digits with single - between them"));
    }

    @Override
    public int compareTo(EnvironmentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
