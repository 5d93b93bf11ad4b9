package dev.waybill.cli.compare;

import dev.waybill.cli.build.Yaml;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.core.json.Json;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;

/** The file behind {@code --suppress}. */
final class SuppressionFile {
    private SuppressionFile() {}

    record Document(List<Line> suppressions) {}

    record Line(String rule, String where, String reason, String owner, String until) {}

    static List<Suppression> read(Path file) throws IOException {
        return Json.bind(Yaml.read(file), Document.class).suppressions().stream()
                .map(line -> suppression(file, line))
                .toList();
    }

    private static Suppression suppression(Path file, Line line) {
        try {
            return new Suppression(
                    line.rule(), line.where(), line.reason(), line.owner(), LocalDate.parse(line.until()));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new Problem.Malformed(
                            "SUPPRESSION_INVALID",
                            "Reading the suppression of " + line.rule() + " in " + file,
                            "it lacks a rule, a place, a reason, an owner or a last day.",
                            "Write each of them, and the day as 2026-12-31.")
                    .exception();
        }
    }
}
