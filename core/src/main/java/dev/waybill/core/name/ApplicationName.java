package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/** One deployable thing with one pipeline; also its repository name in the registry (distribution-spec, "Pulling manifests": name). */
public record ApplicationName(@JsonValue String value) implements Comparable<ApplicationName> {
    private static final Pattern SHAPE =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ApplicationName {
        Names.require(
                value,
                SHAPE,
                200,
                new Names.Rule(
                        "APPLICATION_NAME_INVALID",
                        "an application's name has lower-case letters, digits and . _ - between them, with / between parts"));
    }

    @Override
    public int compareTo(ApplicationName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
