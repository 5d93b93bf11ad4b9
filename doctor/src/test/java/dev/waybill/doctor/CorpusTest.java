package dev.waybill.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waybill.doctor.check.Verdict;
import dev.waybill.doctor.source.FileSourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The labelled pipelines: figures are printed, and must not get worse. */
class CorpusTest {
    private static final List<String> QUESTIONS = List.of(
            "rebuild_per_environment",
            "deploy_installs_dependencies",
            "deploys_mutable_reference",
            "production_gate",
            "nondeterministic_install");

    private record Score(int right, int missed, int wrong, int denied, int unknown) {
        static final Score NONE = new Score(0, 0, 0, 0, 0);

        Score with(boolean label, Verdict verdict) {
            return switch (verdict) {
                case UNKNOWN -> new Score(right, missed, wrong, denied, unknown + 1);
                case YES -> new Score(right + (label ? 1 : 0), missed, wrong + (label ? 0 : 1), denied, unknown);
                case NO -> new Score(right, missed + (label ? 1 : 0), wrong, denied + (label ? 0 : 1), unknown);
            };
        }

        double precision() {
            return right / (double) Math.max(1, right + wrong);
        }

        double recall() {
            return right / (double) Math.max(1, right + missed);
        }

        double unknownShare() {
            return unknown / (double) Math.max(1, right + missed + wrong + denied + unknown);
        }
    }

    @Test
    void the_labelled_pipelines_are_judged_at_least_as_well_as_before() throws IOException {
        Map<String, Score> scores = new TreeMap<>();
        for (String line : Files.readAllLines(corpus().resolve("labels.jsonl"))) {
            if (field(line, "decidable_from_saved_files").equals("yes")) {
                Report report = Doctor.examine(new FileSourceTree(corpus().resolve(field(line, "case"))));
                QUESTIONS.forEach(question -> tally(scores, line, question, report));
            }
        }
        scores.forEach((question, score) -> System.out.printf(
                Locale.ROOT,
                "%-32s precision %.2f recall %.2f unknown %.2f %s%n",
                question,
                score.precision(),
                score.recall(),
                score.unknownShare(),
                score));

        Score rebuild = scores.getOrDefault("rebuild_per_environment", Score.NONE);
        assertThat(rebuild.precision()).isGreaterThanOrEqualTo(0.95);
        assertThat(rebuild.recall()).isGreaterThanOrEqualTo(0.95);
        assertThat(rebuild.unknownShare()).isLessThanOrEqualTo(0.15);
        assertThat(scores).allSatisfy((question, score) -> {
            assertThat(score.precision()).describedAs(question).isGreaterThanOrEqualTo(0.9);
            assertThat(score.recall()).describedAs(question).isGreaterThanOrEqualTo(0.95);
        });
    }

    @Test
    void what_the_files_do_not_decide_is_answered_unknown() throws IOException {
        for (String line : Files.readAllLines(corpus().resolve("labels.jsonl"))) {
            if (!field(line, "decidable_from_saved_files").equals("yes")) {
                Report report = Doctor.examine(new FileSourceTree(corpus().resolve(field(line, "case"))));

                assertThat(report.answer("rebuild_per_environment"))
                        .describedAs(field(line, "case"))
                        .isEqualTo(Verdict.UNKNOWN);
            }
        }
    }

    private static void tally(Map<String, Score> scores, String line, String question, Report report) {
        boolean label = field(line, question).equals("yes");
        scores.put(question, scores.getOrDefault(question, Score.NONE).with(label, report.answer(question)));
    }

    static Path corpus() {
        String root = System.getenv("WAYBILL_TEST_DATA");
        assumeTrue(root != null, "WAYBILL_TEST_DATA is not set: no labelled pipelines");
        Path corpus = Path.of(root, "doctor-corpus");
        assumeTrue(Files.isDirectory(corpus), "WAYBILL_TEST_DATA has no doctor-corpus");
        return corpus;
    }

    private static String field(String line, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]*)\"").matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }
}
