package dev.waybill.cli.proof;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a whole proof shows beside the release, its decision and the commit. A proof that lacks one still says the truth, but
 * less of it than whoever reads "verified" takes it to say.
 */
enum Part {
    PROVENANCE("how these bytes were built: no provenance of them is in it"),
    TESTS("that these bytes were tested: no passed test run of them is in it"),
    APPROVAL("that a person approved these bytes for this environment: no approval of that is in it"),
    DEPLOYMENT("that an agent deployed this release: no agent's report of success is in it"),
    OBSERVATION("that these bytes ever ran there: no observation of them is in it");

    private final String missing;

    Part(String missing) {
        this.missing = missing;
    }

    /** What is not proven without it. */
    String missing() {
        return missing;
    }

    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is asked for when nobody says: an approval only where the decision's own gates asked for one. */
    static Set<Part> whole(boolean approvalsAsked) {
        Set<Part> whole = EnumSet.allOf(Part.class);
        if (!approvalsAsked) {
            whole.remove(APPROVAL);
        }
        return whole;
    }
}
