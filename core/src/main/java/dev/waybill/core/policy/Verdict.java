package dev.waybill.core.policy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a gate, or all of them together, say. Each carries the sentence that a person reads. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Verdict.Passed.class, name = "passed"),
    @JsonSubTypes.Type(value = Verdict.Waiting.class, name = "waiting"),
    @JsonSubTypes.Type(value = Verdict.Refused.class, name = "refused")
})
public sealed interface Verdict {
    String sentence();

    record Passed(String because) implements Verdict {
        @Override
        public String sentence() {
            return because;
        }
    }

    /**
     * Nothing is wrong, something or somebody is still awaited.
     *
     * @param until when time alone may change the verdict, null when only a new fact can
     */
    record Waiting(String on, @Nullable Instant until) implements Verdict {
        @Override
        public String sentence() {
            return on;
        }
    }

    record Refused(String why) implements Verdict {
        @Override
        public String sentence() {
            return why;
        }
    }
}
