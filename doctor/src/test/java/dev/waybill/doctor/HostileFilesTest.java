package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waybill.core.problem.Promise;
import dev.waybill.doctor.check.Verdict;
import dev.waybill.doctor.source.MemorySourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Broken and hostile files are noted; the rest is still analysed. */
class HostileFilesTest {
    @Test
    void an_anchor_bomb_is_a_note_and_no_answer() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "x]\n");
        }
        Report report = Trees.gitlab(bomb.toString());

        assertThat(report.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.text()).contains("expands"));
        assertThat(report.answer("rebuild_per_environment")).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void a_value_that_contains_itself_is_a_note() {
        assertThat(Trees.gitlab("a: &a\n  b: *a\n").notes()).isNotEmpty();
    }

    /** What a pattern would try again from every sign, or follow as deep as the text is long. */
    @ParameterizedTest
    @MethodSource("longRuns")
    void a_long_run_of_the_same_is_read_in_time(String command, String file, String text) throws Exception {
        String workflow = "on: push\njobs: {d: {environment: production, steps: [{run: '" + command.replace("'", "''")
                + "'}]}}\n";
        Map<String, String> files = Map.of(".github/workflows/deliver.yml", workflow, file, text);

        Promise.hold(() ->
                assertThat(Doctor.examine(new MemorySourceTree(files)).notes()).isEmpty());
    }

    static Stream<Arguments> longRuns() {
        String script = "{\n \"scripts\": {\n  \"ship\": \"" + "a".repeat(20_000) + "\"\n }\n}\n";
        return Stream.of(
                Arguments.of("npm run ship", "package.json", script),
                Arguments.of("make deploy", "Makefile", "deploy" + " ".repeat(200_000) + "x\n"),
                Arguments.of("./ship", "ship", "#!" + "x".repeat(200_000) + "\n"),
                Arguments.of("echo " + "${{".repeat(60_000), "a", ""),
                Arguments.of("helm upgrade --set tag=" + "${{".repeat(60_000), "a", ""),
                Arguments.of("echo " + "<<parameters.".repeat(30_000), "a", ""),
                Arguments.of("apt-get install " + "=".repeat(200_000), "a", ""),
                Arguments.of("curl 'http://x" + "/latest/".repeat(2_000) + "\n\na'", "a", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x == '%s'", "x =~ /%s/", "contains(x, '%s')"})
    void a_long_literal_is_read(String condition) throws Exception {
        String text = condition.formatted("a".repeat(20_000));

        Promise.hold(() -> assertThat(Trees.github("on: push\njobs: {d: {if: \"" + text
                                + "\", environment: production, steps: [{run: make deploy}]}}\n")
                        .notes())
                .isEmpty());
    }

    @Test
    void includes_that_include_each_other_end() {
        Report report = Doctor.examine(new MemorySourceTree(Map.of(
                ".gitlab-ci.yml", "include: /a.yml\nbuild:\n  script: [npm run build]\n",
                "a.yml", "include: /.gitlab-ci.yml\n")));

        assertThat(report.notes()).isNotEmpty();
        assertThat(report.pipelines()).containsExactly(".gitlab-ci.yml");
    }

    @Test
    void a_broken_workflow_does_not_hide_another() {
        Report report = Doctor.examine(new MemorySourceTree(Map.of(
                ".github/workflows/a.yml", "on: push\njobs: [\n",
                ".github/workflows/b.yml", "on: push\njobs:\n  build:\n    steps:\n      - run: make\n")));

        assertThat(report.notes()).isNotEmpty();
        assertThat(report.pipelines()).containsExactly(".github/workflows/b.yml");
    }

    @Test
    void the_same_tree_gives_the_same_report() throws IOException {
        Map<String, String> files = files().findFirst().orElseThrow();

        assertThat(Doctor.examine(new MemorySourceTree(files)))
                .hasToString(Doctor.examine(new MemorySourceTree(files)).toString());
    }

    /** Cut off and changed anywhere, every file of the corpus gives a report. */
    @Test
    void cut_and_changed_files_give_a_report() throws IOException {
        Random random = new Random(7);
        for (Map<String, String> files : files().toList()) {
            String path = files.keySet().stream().sorted().findFirst().orElseThrow();
            byte[] bytes = files.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            for (int turn = 0; turn < 4; turn++) {
                byte[] changed = bytes.clone();
                changed[random.nextInt(bytes.length)] = (byte) "\"'{}[]:-#&*!|>%\t\n$(<`\\".charAt(random.nextInt(22));
                String cut = new String(bytes, 0, random.nextInt(bytes.length), StandardCharsets.UTF_8);
                for (String text : List.of(cut, new String(changed, StandardCharsets.UTF_8))) {
                    Map<String, String> hostile = new HashMap<>(files);
                    hostile.put(path, text);
                    assertThatCode(() -> Doctor.examine(new MemorySourceTree(hostile)))
                            .describedAs("%s, turn %d", path, turn)
                            .doesNotThrowAnyException();
                    assertThat(Doctor.examine(new MemorySourceTree(hostile)).notes())
                            .noneMatch(note -> note.text().startsWith("not analysed"));
                }
            }
        }
    }

    /** The corpus, a map of files a case. */
    private static Stream<Map<String, String>> files() throws IOException {
        Path corpus = CorpusTest.corpus();
        try (Stream<Path> cases = Files.list(corpus)) {
            return cases.sorted().filter(Files::isDirectory).map(HostileFilesTest::read).toList().stream();
        }
    }

    private static Map<String, String> read(Path directory) {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return files;
    }
}
