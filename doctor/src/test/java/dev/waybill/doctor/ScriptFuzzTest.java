package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.core.problem.Promise;
import dev.waybill.doctor.expression.ExprParser;
import dev.waybill.doctor.shell.ShellReader;
import dev.waybill.doctor.source.Place;
import java.nio.charset.StandardCharsets;

/** Any text as a shell script, and as a condition of a job: read to the end, the same each time. */
class ScriptFuzzTest {
    private static final Place FIRST = new Place("deploy.sh", 1);

    @FuzzTest
    void text(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        int lines = (int) text.lines().count() + 1;
        Promise.hold(() -> {
            assertThat(ShellReader.read(text, FIRST))
                    .allMatch(command ->
                            command.place().line() >= 1 && command.place().line() <= lines);
            assertThat(ShellReader.read(text, FIRST)).isEqualTo(ShellReader.read(text, FIRST));
        });
        Promise.hold(() -> assertThat(ExprParser.parse(text)).isEqualTo(ExprParser.parse(text)));
    }
}
