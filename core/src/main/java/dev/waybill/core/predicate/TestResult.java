package dev.waybill.core.predicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.statement.Predicate;
import dev.waybill.core.statement.PredicateTypes;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Test result v0.1 (in-toto spec/predicates/test-result.md) with what the specification leaves out, under {@code waybill_}.
 * Subjects: the artifact's digest, then the commit. Empty reports make FAILED, never PASSED.
 *
 * @param target set when the run was against a running release: the agent's observations before and after it
 * @param binding how run and bytes are tied: {@code build} (run inside the capture), {@code fetched} (these bytes were
 *     fetched and run), {@code observed} (signed observations before and after), {@code claimed} (nothing ties them)
 */
public record TestResult(
        Result result,
        List<ResourceDescriptor> configuration,
        List<String> passedTests,
        List<String> warnedTests,
        List<String> failedTests,
        @JsonProperty("waybill_suite") String suite,
        @JsonProperty("waybill_binding") Binding binding,
        @JsonProperty("waybill_run") Run run,
        @JsonProperty("waybill_counts") @Nullable Counts counts,
        @JsonProperty("waybill_reports") List<ResourceDescriptor> reports,
        @JsonProperty("waybill_target") @Nullable Target target)
        implements Predicate {
    /** The specification's three outcomes. */
    public enum Result {
        PASSED,
        WARNED,
        FAILED
    }

    /** What ties the run to the bytes; only {@code CLAIMED} proves nothing. */
    public enum Binding {
        @JsonProperty("build")
        BUILD,
        @JsonProperty("fetched")
        FETCHED,
        @JsonProperty("observed")
        OBSERVED,
        @JsonProperty("claimed")
        CLAIMED
    }

    /** @param environment facts of the machine that ran it: os, architecture, java and so on */
    public record Run(
            String id,
            @Nullable String command,
            @Nullable Integer exitCode,
            Instant startedOn,
            Instant finishedOn,
            ActorName runner,
            List<ResourceDescriptor> environment) {}

    public record Counts(long tests, long passed, long failed, long errors, long skipped) {}

    /** {@code before} and {@code after} are ids of observation statements with the same digest and process. */
    public record Target(Slot slot, Digest before, Digest after) {}

    @Override
    public String predicateType() {
        return PredicateTypes.TEST_RESULT;
    }
}
