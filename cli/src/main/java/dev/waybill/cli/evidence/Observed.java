package dev.waybill.cli.evidence;

import dev.waybill.api.client.WaybillClient;
import dev.waybill.api.deploy.ObservationView;
import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What an agent signs that a target runs, asked for now.
 *
 * @param process pid and start time, which tell whether it is still the same process afterwards
 */
record Observed(Digest statement, Digest artifact, Observation.ProcessSeen process) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** {@code TARGET_OTHER_BYTES} unless every target of the slot is observed to run exactly this artifact. */
    static Observed now(WaybillClient client, Slot slot, Digest wanted) {
        List<ObservationView> targets = client.deploy().observations(slot, true, PATIENCE);
        if (targets.isEmpty()) {
            throw refuse(
                    "TARGET_UNKNOWN",
                    slot,
                    "no agent observes anything there.",
                    "Deploy there first: waybill promote REF --to " + slot.environment());
        }
        if (targets.size() > 1) {
            throw refuse(
                    "TARGET_AMBIGUOUS",
                    slot,
                    targets.size() + " targets run there, and one run is bound to one process.",
                    "Test where there is one target.");
        }
        ObservationView seen = targets.getFirst();
        Digest running = seen.observation().artifact();
        Observation.ProcessSeen process = seen.observation().process();
        if (running == null || process == null || seen.observation().state() != Observation.State.RUNNING) {
            throw refuse(
                    "TARGET_NOT_RUNNING",
                    slot,
                    "the agent sees " + seen.observation().state().name().toLowerCase(Locale.ROOT)
                            + ", not a running release.",
                    "Look with `waybill running " + slot + "`.");
        }
        if (!running.equals(wanted)) {
            throw refuse(
                    "TARGET_OTHER_BYTES",
                    slot,
                    "it runs " + running + ", not " + wanted + "; a test counts only for the bytes that it ran on.",
                    "Promote the artifact there first, or test " + slot + ".");
        }
        return new Observed(seen.statement(), running, process);
    }

    /** {@code TARGET_CHANGED} unless the same process ran all the time. */
    TestResult.Target confirmedBy(Observed after, Slot slot) {
        if (!after.process.equals(process)) {
            throw refuse(
                    "TARGET_CHANGED",
                    slot,
                    "another process runs than before the test; nobody knows what was tested, so nothing was attested.",
                    "Run the test again.");
        }
        return new TestResult.Target(slot, statement, after.statement);
    }

    private static ProblemException refuse(String code, Slot slot, String missing, String next) {
        return new Problem.Refused(code, "Binding the test to what runs in " + slot, missing, next).exception();
    }
}
