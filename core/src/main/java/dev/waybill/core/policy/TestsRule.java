package dev.waybill.core.policy;

import static dev.waybill.core.policy.Policy.refused;

import dev.waybill.core.name.Digest;
import dev.waybill.core.name.Slot;
import dev.waybill.core.predicate.Observation;
import dev.waybill.core.predicate.TestResult;
import dev.waybill.core.text.Count;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A suite passes when a run that counts stands in the ledger after every run that did not pass. Of several such runs the
 * first is used, so that a further passing run voids no approval.
 */
final class TestsRule {
    private final Gate.Tests gate;
    private final History history;
    private final @Nullable Slot slot;

    TestsRule(Gate.Tests gate, History history) {
        this.gate = gate;
        this.history = history;
        this.slot =
                gate.on() == null ? null : new Slot(gate.on(), history.slot().application());
    }

    Evaluation.Line line() {
        List<Fact<TestResult>> runs = history.tests().stream()
                .filter(f -> f.says().suite().equals(gate.suite()))
                .filter(f -> slot == null
                        || (f.says().target() != null
                                && slot.equals(f.says().target().slot())))
                .sorted(Comparator.comparingLong(Fact::index))
                .toList();
        Optional<Fact<TestResult>> lastBad =
                runs.stream().filter(f -> !passes(f.says())).reduce((a, b) -> b);
        long after = lastBad.map(Fact::index).orElse(-1L);
        List<String> notes = runs.stream()
                .filter(f -> passes(f.says()) && f.index() > after)
                .map(this::unusable)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        Optional<Fact<TestResult>> good = runs.stream()
                .filter(f -> passes(f.says()) && f.index() > after && unusable(f) == null)
                .findFirst();
        if (good.isPresent()) {
            return new Evaluation.Line(
                    gate,
                    new Verdict.Passed(sentence(good.get().says())),
                    List.of(good.get().id()),
                    notes);
        }
        Evaluation.Line no = lastBad.isPresent() ? failed(lastBad.get()) : refused(gate, missing(), List.of());
        return new Evaluation.Line(gate, no.verdict(), no.used(), notes);
    }

    private boolean passes(TestResult run) {
        return run.result() == TestResult.Result.PASSED
                || (run.result() == TestResult.Result.WARNED && gate.accepting().warned());
    }

    /** Why a passing run does not count, or null when it does. */
    private @Nullable String unusable(Fact<TestResult> run) {
        String who = "The run that " + run.says().run().runner() + " reported for " + what();
        if (!history.counts(run.index())) {
            return who + " is newer than the part of the ledger that was read.";
        }
        return switch (run.says().binding()) {
            case BUILD, FETCHED -> slot == null ? null : who + " was not bound to what runs there by observations.";
            case OBSERVED -> observed(run.says()) ? null : who + " names observations that do not show these bytes.";
            case CLAIMED ->
                gate.accepting().claimed() ? null : who + " is only claimed: nothing ties it to these bytes.";
        };
    }

    /** Observations before and after the run saw the same process with these bytes in the slot that the run names. */
    private boolean observed(TestResult run) {
        TestResult.Target target = run.target();
        if (target == null) {
            return false;
        }
        Optional<Fact<Observation>> before = seen(target.slot(), target.before());
        Optional<Fact<Observation>> after = seen(target.slot(), target.after());
        return before.isPresent() && after.isPresent() && sameProcess(before.get(), after.get());
    }

    private Optional<Fact<Observation>> seen(Slot where, Digest id) {
        return history.movements().observations().stream()
                .filter(o -> o.id().equals(id) && history.counts(o.index()))
                .filter(o -> Healthy.seen(o.says(), where, history.artifact()))
                .findFirst();
    }

    private static boolean sameProcess(Fact<Observation> before, Fact<Observation> after) {
        return before.index() < after.index()
                && before.says().agent().equals(after.says().agent())
                && before.says().target().equals(after.says().target())
                && before.says().process() != null
                && before.says().process().equals(after.says().process());
    }

    private String sentence(TestResult run) {
        TestResult.Counts counts = run.counts();
        return what() + " passed on these bytes"
                + (counts == null ? "" : " (" + counts.passed() + " of " + Count.of(counts.tests(), "test") + ")")
                + ", run by " + run.run().runner() + ", finished " + run.run().finishedOn()
                + (run.binding() == TestResult.Binding.CLAIMED ? ", claimed only, which this gate accepts." : ".");
    }

    private Evaluation.Line failed(Fact<TestResult> run) {
        TestResult says = run.says();
        String failures = says.failedTests().isEmpty()
                ? ""
                : " (" + String.join(", ", says.failedTests().stream().limit(3).toList()) + ")";
        return refused(
                gate,
                "The latest run of " + what() + " on these bytes "
                        + (says.result() == TestResult.Result.WARNED ? "ended with warnings" : "failed") + failures
                        + ", run by " + says.run().runner() + ", finished "
                        + says.run().finishedOn()
                        + ". Run it again on the same bytes, or promote another artifact.",
                List.of(run.id()));
    }

    private String missing() {
        return "No run of " + what() + " counts for these bytes. Run it on them: `waybill test " + history.artifact()
                + " --suite " + gate.suite() + (slot == null ? "" : " --target " + slot) + " -- COMMAND`.";
    }

    private String what() {
        return "suite " + gate.suite() + (slot == null ? "" : " on " + slot);
    }
}
