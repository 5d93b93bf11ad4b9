package dev.waybill.server.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.core.predicate.TestResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JunitReportTest {
    @Test
    void surefire_writes_one_suite_with_properties_and_output() throws IOException {
        Outcomes outcomes = parse("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" version="3.0" name="com.example.CartTest"
                    time="0.061" tests="3" errors="0" skipped="1" failures="1">
                  <properties><property name="java.version" value="25"/></properties>
                  <testcase name="adds" classname="com.example.CartTest" time="0.01"/>
                  <testcase name="removes" classname="com.example.CartTest" time="0.01">
                    <failure message="expected: 1" type="org.opentest4j.AssertionFailedError"><![CDATA[stack <here>]]></failure>
                    <system-out><![CDATA[<testcase name="not one"/>]]></system-out>
                  </testcase>
                  <testcase name="later" classname="com.example.CartTest" time="0"><skipped message="later"/></testcase>
                </testsuite>
                """);

        assertThat(outcomes.counts()).isEqualTo(new TestResult.Counts(3, 1, 1, 0, 1));
        assertThat(outcomes.result(null)).isEqualTo(TestResult.Result.FAILED);
        assertThat(outcomes.names(TestCase.Outcome.FAILED)).containsExactly("com.example.CartTest.removes");
    }

    @Test
    void surefire_reruns_make_a_flaky_pass_a_warning_and_a_lasting_failure_a_failure() throws IOException {
        Outcomes flaky = parse("""
                <testsuite name="a" tests="2" errors="0" skipped="0" failures="0" flakes="1">
                  <testcase name="stable" classname="A"/>
                  <testcase name="shaky" classname="A"><flakyFailure message="once" type="E"><stackTrace>x</stackTrace></flakyFailure></testcase>
                </testsuite>
                """);
        Outcomes lasting = parse("""
                <testsuite name="a" tests="1" errors="0" skipped="0" failures="1">
                  <testcase name="broken" classname="A">
                    <failure message="no" type="E"/><rerunFailure message="no again" type="E"/><rerunFailure message="no" type="E"/>
                  </testcase>
                </testsuite>
                """);

        assertThat(flaky.result(0)).isEqualTo(TestResult.Result.WARNED);
        assertThat(flaky.names(TestCase.Outcome.FLAKY)).containsExactly("A.shaky");
        assertThat(lasting.result(0)).isEqualTo(TestResult.Result.FAILED);
        assertThat(lasting.counts().failed()).isEqualTo(1);
    }

    @Test
    void pytest_wraps_one_suite() throws IOException {
        Outcomes outcomes = parse("""
                <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1"
                failures="0" skipped="1" tests="3" time="0.05" timestamp="2026-01-02T03:04:05.6+00:00" hostname="h">
                <testcase classname="tests.test_a" name="test_ok[1-2]" time="0.001" />
                <testcase classname="tests.test_a" name="test_skip" time="0.0"><skipped type="pytest.skip" message="no">x</skipped></testcase>
                <testcase classname="tests.test_a" name="test_setup" time="0.0"><error message="failed on setup">E</error></testcase>
                </testsuite></testsuites>
                """);

        assertThat(outcomes.counts()).isEqualTo(new TestResult.Counts(3, 1, 0, 1, 1));
    }

    @Test
    void jest_and_gradle_shapes_pass() throws IOException {
        Outcomes jest = parse("""
                <testsuites name="jest tests" tests="2" failures="0" errors="0" time="1.2">
                  <testsuite name="cart" errors="0" failures="0" skipped="0" tests="1"><testcase classname="cart adds" name="cart adds" time="0.1"></testcase></testsuite>
                  <testsuite name="pay" errors="0" failures="0" skipped="0" tests="1"><testcase classname="pay pays" name="pay pays"/></testsuite>
                </testsuites>
                """);
        Outcomes gradle = parse("""
                <testsuite name="FooTest" tests="1" skipped="0" failures="0" errors="0" timestamp="2026-01-02T03:04:05.678Z" hostname="h" time="0.01">
                  <properties/><testcase name="bar()" classname="FooTest" time="0.01"/><system-out><![CDATA[]]></system-out><system-err><![CDATA[]]></system-err>
                </testsuite>
                """);

        assertThat(jest.result(null)).isEqualTo(TestResult.Result.PASSED);
        assertThat(jest.counts().tests()).isEqualTo(2);
        assertThat(gradle.result(null)).isEqualTo(TestResult.Result.PASSED);
    }

    @Test
    void phpunit_suites_in_suites_count_what_is_inside() throws IOException {
        Outcomes outcomes = parse("""
                <testsuites><testsuite name="all" tests="3" assertions="5" errors="0" failures="1" skipped="0" time="0.1">
                  <testsuite name="A" tests="2" errors="0" failures="0" skipped="0"><testcase name="a1"/><testcase name="a2"/></testsuite>
                  <testsuite name="B" tests="1" errors="0" failures="1" skipped="0"><testcase name="b1"><failure>x</failure></testcase></testsuite>
                </testsuite></testsuites>
                """);

        assertThat(outcomes.counts()).isEqualTo(new TestResult.Counts(3, 2, 1, 0, 0));
    }

    @Test
    void googletest_counts_what_is_disabled_apart() throws IOException {
        Outcomes outcomes = parse("""
                <testsuites tests="3" failures="0" disabled="1" errors="0" time="0" name="AllTests">
                  <testsuite name="S" tests="3" failures="0" disabled="1" skipped="1" errors="0">
                    <testcase name="Runs" status="run" result="completed" classname="S"/>
                    <testcase name="Skips" status="run" result="skipped" classname="S"><skipped message="x"/></testcase>
                    <testcase name="DISABLED_Not" status="notrun" result="suppressed" classname="S"/>
                  </testsuite>
                </testsuites>
                """);

        assertThat(outcomes.counts()).isEqualTo(new TestResult.Counts(3, 1, 0, 0, 2));
    }

    @Test
    void a_suite_that_could_not_start_is_no_pass() throws IOException {
        Outcomes outcomes = parse("<testsuite name='s'><error message='container'/><testcase name='a'/></testsuite>");

        assertThat(outcomes.result(0)).isEqualTo(TestResult.Result.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testsuites/>",
                "<testsuite name='s' tests='0'/>",
                "<testsuite tests='1' skipped='1'><testcase name='a'><skipped/></testcase></testsuite>"
            })
    void when_nothing_ran_nothing_passed(String xml) throws IOException {
        assertThat(parse(xml).result(0)).isEqualTo(TestResult.Result.FAILED);
    }

    @Test
    void a_failing_command_outweighs_green_reports() throws IOException {
        Outcomes outcomes = parse("<testsuite tests='1'><testcase name='a'/></testsuite>");

        assertThat(outcomes.result(0)).isEqualTo(TestResult.Result.PASSED);
        assertThat(outcomes.result(1)).isEqualTo(TestResult.Result.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<testsuite tests='2'><testcase name='a'/></testsuite>",
                "<testsuite tests='1' failures='1'><testcase name='a'/></testsuite>",
                "<testsuite tests='1' failures='0'><testcase name='a'><failure/></testcase></testsuite>",
                "<testsuite tests='1' errors='2'><testcase name='a'><error/></testcase></testsuite>",
                "<testsuite tests='1' skipped='0'><testcase name='a'><skipped/></testcase></testsuite>",
                "<testsuites tests='5'><testsuite tests='1'><testcase name='a'/></testsuite></testsuites>"
            })
    void totals_that_the_cases_do_not_add_up_to_are_refused(String xml) {
        assertThatThrownBy(() -> parse(xml)).hasMessageStartingWith("REPORT_INCONSISTENT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not xml",
                "<html/>",
                "<testsuite>",
                "<testsuite><testcase name='a'></testsuite>",
                "<testsuites><testcase/><testsuite/></testsuites",
                "<testsuite><testcase><testcase/></testcase></testsuite>",
                "<testsuite><testcase><testsuite/></testcase></testsuite>",
                "<testsuite tests='many'/>",
                "<testsuite tests='-1'/>",
                "<!DOCTYPE testsuite><testsuite/>",
                "<!DOCTYPE testsuite SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite/>",
                "<!DOCTYPE t [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><testsuite name='s'><testcase name='a'>&x;</testcase></testsuite>",
                "<testsuite><testcase name='&unknown;'/></testsuite>"
            })
    void what_is_no_report_or_hostile_is_rejected(String xml) {
        assertThatThrownBy(() -> parse(xml)).hasMessageStartingWith("REPORT_REJECTED");
    }

    @Test
    void an_entity_bomb_is_rejected_unexpanded() {
        StringBuilder xml = new StringBuilder("<!DOCTYPE t [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            xml.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        xml.append("]><testsuite><testcase name=\"a\">&a39;</testcase></testsuite>");

        assertThatThrownBy(() -> parse(xml.toString())).hasMessageStartingWith("REPORT_REJECTED");
    }

    @Test
    void a_million_levels_are_rejected_without_a_stack() {
        String deep = "<testsuite>".repeat(1_000_000);

        assertThatThrownBy(() -> parse(deep))
                .hasMessageStartingWith("REPORT_REJECTED")
                .hasMessageContaining("64 deep");
    }

    @Test
    void a_report_without_end_is_rejected_at_the_limit() {
        byte[] head = "<testsuite><system-out>".getBytes(StandardCharsets.US_ASCII);
        InputStream endless = new InputStream() {
            private long position;

            @Override
            public int read() {
                return position < head.length ? head[(int) position++] : 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (position < head.length) {
                    buffer[offset] = (byte) read();
                    return 1;
                }
                Arrays.fill(buffer, offset, offset + length, (byte) 'x');
                return length;
            }
        };

        assertThatThrownBy(() -> JunitReport.parse("endless.xml", endless))
                .hasMessageStartingWith("REPORT_REJECTED")
                .hasMessageContaining("more than");
    }

    @Test
    void too_many_cases_are_rejected() {
        String xml = "<testsuite>" + "<testcase/>".repeat(JunitReport.MAX_CASES + 1) + "</testsuite>";

        assertThatThrownBy(() -> parse(xml))
                .hasMessageStartingWith("REPORT_REJECTED")
                .hasMessageContaining("test cases");
    }

    @Test
    void a_broken_source_is_an_error_and_no_bad_report() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("disk");
            }
        };

        assertThatThrownBy(() -> JunitReport.parse("x.xml", broken))
                .isInstanceOf(IOException.class)
                .hasMessage("disk");
    }

    private static Outcomes parse(String xml) throws IOException {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        return new Outcomes(
                JunitReport.parse("report.xml", new ByteArrayInputStream(bytes)).cases());
    }
}
