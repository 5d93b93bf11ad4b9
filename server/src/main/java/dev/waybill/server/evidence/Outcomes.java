package dev.waybill.server.evidence;

import dev.waybill.core.predicate.TestResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What all reports of one run add up to. Names are listed up to {@value #NAMES} characters for each outcome, so that the
 * statement stays small; the counts are always whole.
 */
record Outcomes(List<TestCase> cases) {
    private static final int NAMES = 300_000;

    Outcomes {
        cases = List.copyOf(cases);
    }

    TestResult.Counts counts() {
        return new TestResult.Counts(
                cases.size(),
                count(TestCase.Outcome.PASSED) + count(TestCase.Outcome.FLAKY),
                count(TestCase.Outcome.FAILED),
                count(TestCase.Outcome.ERROR),
                count(TestCase.Outcome.SKIPPED));
    }

    /** Failed when anything failed, when the command did, or when nothing ran: an empty or wholly skipped run proves nothing. */
    TestResult.Result result(@Nullable Integer exitCode) {
        TestResult.Counts counts = counts();
        boolean failed = counts.failed() + counts.errors() > 0 || (exitCode != null && exitCode != 0);
        if (failed || counts.passed() == 0) {
            return TestResult.Result.FAILED;
        }
        return count(TestCase.Outcome.FLAKY) > 0 ? TestResult.Result.WARNED : TestResult.Result.PASSED;
    }

    List<String> names(TestCase.Outcome... outcomes) {
        List<TestCase.Outcome> wanted = List.of(outcomes);
        List<String> names = new ArrayList<>();
        int characters = 0;
        for (TestCase test : cases) {
            if (wanted.contains(test.outcome()) && characters + test.name().length() <= NAMES) {
                names.add(test.name());
                characters += test.name().length();
            }
        }
        return names;
    }

    private long count(TestCase.Outcome outcome) {
        return cases.stream().filter(c -> c.outcome() == outcome).count();
    }
}
