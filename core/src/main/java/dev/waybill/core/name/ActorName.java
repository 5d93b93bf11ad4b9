package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** Who did something: a person, a build or a machine, by the name that their token carries. */
public record ActorName(@JsonValue String value) implements Comparable<ActorName> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ActorName {
        Names.require(
                value,
                SHAPE,
                128,
                new Names.Rule(
                        "ACTOR_NAME_INVALID",
                        "an actor's name starts with a letter or digit and goes on with letters, digits and . _ @ + -"));
    }

    @Override
    public int compareTo(ActorName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
