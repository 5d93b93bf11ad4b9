package dev.waybill.core.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;

/** Names one release for ever: {@code production/shop#176}. Numbers start at 1 and have no gaps. */
public record ReleaseId(Slot slot, long number) {
    public ReleaseId {
        if (number < 1) {
            throw malformed(slot + "#" + number);
        }
    }

    @JsonCreator
    public static ReleaseId parse(String text) {
        int hash = text.lastIndexOf('#');
        if (hash < 1 || !text.substring(hash + 1).matches("[1-9][0-9]{0,17}")) {
            throw malformed(text);
        }
        return new ReleaseId(Slot.parse(text.substring(0, hash)), Long.parseLong(text.substring(hash + 1)));
    }

    @JsonValue
    @Override
    public String toString() {
        return slot + "#" + number;
    }

    private static ProblemException malformed(String text) {
        return new Problem.Malformed(
                        "RELEASE_INVALID",
                        "Reading '" + text + "'",
                        "a release is written ENV/APP#NUMBER.",
                        "Write for example production/shop#176.")
                .exception();
    }
}
