package dev.waybill.compare.clazz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.compare.Result;
import dev.waybill.compare.kit.Told;
import dev.waybill.compare.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassTest {
    private static final String SOURCE = """
            import java.util.function.Supplier;
            public class Till {
                private static final int LIMIT = 100;
                private long sum;
                @Deprecated public synchronized boolean add(int amount, int fee) {
                    if (amount < LIMIT && fee >= 0) { sum += minus(amount, fee); return true; }
                    return false;
                }
                static int minus(int a, int b) { return a - b; }
                public Supplier<String> told() { return () -> "sum " + sum; }
                public int kind(String s) { switch (s) { case "a": return 1; case "b": return 2; default: return 3; } }
            }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private byte[] compile(String source, String... options) throws IOException {
        Path work = Files.createTempDirectory(directory, "c");
        Path file = Files.writeString(work.resolve("Till.java"), source);
        List<String> arguments =
                new ArrayList<>(List.of("-proc:none", "-nowarn", "-Xlint:none", "-d", work.toString()));
        arguments.addAll(List.of(options));
        arguments.add(file.toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return Files.readAllBytes(work.resolve("Till.class"));
    }

    private Result edited(String from, String to) throws IOException {
        assertThat(SOURCE).contains(from);
        return Told.of("Till.class", compile(SOURCE), compile(SOURCE.replace(from, to)));
    }

    @Test
    void debug_information_is_toolchain() throws IOException {
        Result result = Told.of("Till.class", compile(SOURCE, "-g"), compile(SOURCE, "-g:none"));
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(Verdict.TOOLCHAIN);
        assertThat(Told.rules(result)).contains("class.debug");
        assertThat(result.proof()).isNotNull();
    }

    @Test
    void the_version_of_the_format_is_toolchain() throws IOException {
        Result result = Told.of("Till.class", compile(SOURCE, "--release", "17"), compile(SOURCE, "--release", "25"));
        assertThat(result.verdict()).describedAs("%s", result.findings()).isEqualTo(Verdict.TOOLCHAIN);
        assertThat(Told.rules(result)).contains("class.version");
    }

    @Test
    void what_the_program_does_is_functional() throws IOException {
        String[][] edits = {
            {"amount < LIMIT", "amount >= LIMIT"},
            {"LIMIT = 100", "LIMIT = 101"},
            {"synchronized ", ""},
            {"minus(amount, fee)", "minus(fee, amount)"},
            {"\"sum \"", "\"Sum \""},
            {"return 2", "return 4"},
            {"@Deprecated ", ""},
            {"private long sum", "private volatile long sum"},
            {"case \"b\"", "case \"c\""},
            {"a - b", "b - a"},
            {"public class Till", "public final class Till"},
        };
        for (String[] edit : edits) {
            assertThat(edited(edit[0], edit[1]).verdict()).describedAs(edit[0]).isEqualTo(Verdict.FUNCTIONAL);
        }
    }

    @Test
    void the_place_and_the_line_of_a_change_are_told() throws IOException {
        Result result = edited("a - b", "a + b");
        assertThat(result.findings())
                .anyMatch(finding -> finding.place().equals("method minus(II)I, code")
                        && finding.what().contains("isub")
                        && finding.what().contains("iadd"));
    }

    @Test
    void names_of_parameters_count_because_reflection_sees_them() throws IOException {
        Result result = Told.of("Till.class", compile(SOURCE), compile(SOURCE, "-parameters"));
        assertThat(result.verdict()).isEqualTo(Verdict.FUNCTIONAL);
    }

    @Test
    void a_damaged_class_is_never_benign() throws IOException {
        byte[] whole = compile(SOURCE);
        for (int at = 8; at < whole.length; at += 3) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x55;
            Result result = Told.of("Till.class", whole, broken);
            boolean harmless = Told.rules(result).stream()
                    .allMatch(
                            rule -> List.of("class.debug", "class.encoding", "class.verification", "class.member-order")
                                    .contains(rule));
            assertThat(result.verdict() == Verdict.FUNCTIONAL || harmless)
                    .describedAs("byte %d: %s", at, result.findings())
                    .isTrue();
        }
    }
}
