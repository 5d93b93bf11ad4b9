package dev.waybill.server.evidence;

import dev.waybill.core.problem.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Walks through one report. Text is never collected: output of tests may be as long as the report. */
final class JunitReader {
    private static final int LONGEST_NAME = 512;
    private static final List<String> TOTALS = List.of("tests", "failures", "errors", "skipped", "disabled");

    private final String name;
    private final XMLStreamReader xml;
    private final List<TestCase> cases = new ArrayList<>();
    private final Deque<Tally> suites = new ArrayDeque<>();
    private final Set<TestCase.Outcome> marks = EnumSet.noneOf(TestCase.Outcome.class);
    private @Nullable String open;
    private int depth;
    private int caseDepth;

    JunitReader(String name, XMLStreamReader xml) {
        this.name = name;
        this.xml = xml;
    }

    List<TestCase> read() throws XMLStreamException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> start();
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw JunitReport.rejected(name, "it has a document type or entities, which reports do not need.");
                default -> {
                    // Text, comments and instructions say nothing about outcomes.
                }
            }
        }
        return cases;
    }

    private void start() {
        depth++;
        if (depth > JunitReport.MAX_DEPTH) {
            throw JunitReport.rejected(name, "its elements stand more than " + JunitReport.MAX_DEPTH + " deep.");
        }
        String element = xml.getLocalName();
        if (depth == 1 && !element.equals("testsuites") && !element.equals("testsuite")) {
            throw JunitReport.rejected(
                    name, "its root is <" + shortened(element) + ">, not <testsuites> or <testsuite>.");
        }
        switch (element) {
            case "testsuites", "testsuite" -> openSuite();
            case "testcase" -> openCase();
            default -> mark(element);
        }
    }

    private void openSuite() {
        if (open != null) {
            throw JunitReport.rejected(name, "a suite stands inside a test case.");
        }
        Tally tally = new Tally();
        for (String attribute : TOTALS) {
            String text = xml.getAttributeValue(null, attribute);
            if (text != null && !text.isBlank()) {
                if (!text.strip().matches("[0-9]{1,9}")) {
                    throw JunitReport.rejected(name, "the attribute " + attribute + " of a suite is no number.");
                }
                tally.claim(attribute, Long.parseLong(text.strip()));
            }
        }
        suites.push(tally);
    }

    private void openCase() {
        if (open != null || suites.isEmpty()) {
            throw JunitReport.rejected(name, "a test case stands inside another, or outside of every suite.");
        }
        if (cases.size() >= JunitReport.MAX_CASES) {
            throw JunitReport.rejected(name, "it has more than " + JunitReport.MAX_CASES + " test cases.");
        }
        String className = xml.getAttributeValue(null, "classname");
        String own = xml.getAttributeValue(null, "name");
        String full = className == null || className.isEmpty() ? own : own == null ? className : className + "." + own;
        open = shortened(full == null || full.isEmpty() ? "(unnamed)" : full);
        caseDepth = depth;
        marks.clear();
        suite().count("tests");
        // googletest: a disabled test is listed with status notrun and has no child.
        if ("notrun".equals(xml.getAttributeValue(null, "status"))) {
            marks.add(TestCase.Outcome.SKIPPED);
            suite().count("skipped");
        }
    }

    private void mark(String element) {
        boolean inCase = open != null && depth == caseDepth + 1;
        boolean inSuite = open == null && !suites.isEmpty();
        switch (element) {
            case "failure" -> outcome(inCase, inSuite, TestCase.Outcome.FAILED, "failures");
            case "error" -> outcome(inCase, inSuite, TestCase.Outcome.ERROR, "errors");
            case "skipped" -> outcome(inCase, false, TestCase.Outcome.SKIPPED, "skipped");
            case "flakyFailure", "flakyError" -> {
                outcome(inCase, false, TestCase.Outcome.FLAKY, "rerun");
                suite().count(element.equals("flakyFailure") ? "rerunFailures" : "rerunErrors");
            }
            case "rerunFailure" -> again("rerunFailures");
            case "rerunError" -> again("rerunErrors");
            default -> {
                // Properties, output and what tools add of their own.
            }
        }
    }

    private void again(String counter) {
        suite().count("rerun");
        suite().count(counter);
    }

    private void outcome(boolean inCase, boolean inSuite, TestCase.Outcome outcome, String counter) {
        if (inCase) {
            boolean first = marks.add(outcome);
            if (first || counter.equals("rerun")) {
                suite().count(counter);
            }
        } else if (inSuite) {
            // A suite that could not start says so itself; that is no pass.
            cases.add(new TestCase("(suite)", outcome));
            suite().count(counter);
        }
    }

    private void end() {
        if (open != null && depth == caseDepth) {
            cases.add(new TestCase(open, outcome()));
            open = null;
        } else if (open == null && isSuite(xml.getLocalName())) {
            close();
        }
        depth--;
    }

    private void close() {
        Tally done = suites.pop();
        done.disagreement().ifPresent(why -> {
            throw new Problem.Refused(
                            "REPORT_INCONSISTENT",
                            "Recounting the test report " + name,
                            why,
                            "Send the report as the test tool wrote it; it is incomplete or was changed.")
                    .exception();
        });
        if (!suites.isEmpty()) {
            suites.peek().include(done);
        }
    }

    private TestCase.Outcome outcome() {
        for (TestCase.Outcome worst : List.of(
                TestCase.Outcome.ERROR, TestCase.Outcome.FAILED, TestCase.Outcome.SKIPPED, TestCase.Outcome.FLAKY)) {
            if (marks.contains(worst)) {
                return worst;
            }
        }
        return TestCase.Outcome.PASSED;
    }

    private Tally suite() {
        Tally tally = suites.peek();
        if (tally == null) {
            throw JunitReport.rejected(name, "a result stands outside of every suite.");
        }
        return tally;
    }

    private static boolean isSuite(String element) {
        return element.equals("testsuites") || element.equals("testsuite");
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_NAME ? text : text.substring(0, LONGEST_NAME);
    }
}
