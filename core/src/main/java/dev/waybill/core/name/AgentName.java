package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** The process near the targets. */
public record AgentName(@JsonValue String value) implements Comparable<AgentName> {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AgentName {
        Names.require(
                value,
                SHAPE,
                63,
                new Names.Rule(
                        "AGENT_NAME_INVALID",
                        "an agent's name has lower-case letters and digits with single - between them"));
    }

    @Override
    public int compareTo(AgentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
