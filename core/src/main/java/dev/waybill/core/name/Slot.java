package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;

/** One application in one environment, written {@code production/shop}: where releases are numbered. */
public record Slot(EnvironmentName environment, ApplicationName application) implements Comparable<Slot> {
    @JsonCreator
    public static Slot parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new Problem.Malformed(
                            "SLOT_INVALID",
                            "Reading '" + text + "'",
                            "an environment and an application are written ENV/APP.",
                            "Write for example production/shop.")
                    .exception();
        }
        return new Slot(new EnvironmentName(text.substring(0, slash)), new ApplicationName(text.substring(slash + 1)));
    }

    @Override
    public int compareTo(Slot other) {
        return toString().compareTo(other.toString());
    }

    @JsonValue
    @Override
    public String toString() {
        return environment + "/" + application;
    }
}
