package dev.waybill.cli.compare;

import dev.waybill.cli.Exit;
import dev.waybill.cli.Session;
import dev.waybill.cli.terminal.Progress;
import dev.waybill.compare.Comparison;
import dev.waybill.compare.Result;
import dev.waybill.compare.Subject;
import dev.waybill.compare.bytes.Bounds;
import dev.waybill.compare.report.HtmlReport;
import dev.waybill.compare.report.JsonReport;
import dev.waybill.compare.report.Report;
import dev.waybill.compare.report.SarifReport;
import dev.waybill.compare.report.TextReport;
import dev.waybill.compare.verdict.Suppression;
import dev.waybill.compare.verdict.Verdict;
import dev.waybill.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waybill compare}. */
@Command(
        name = "compare",
        description = "Are these the same software? Compares files, directories and artifacts, each with the first.")
@SuppressWarnings("NullAway.Init")
public final class CompareCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            paramLabel = "A B [C...]",
            hideParamSyntax = true,
            arity = "2..*",
            description = "Files, directories, or artifacts that the server knows.")
    private List<String> names = new ArrayList<>();

    @Option(
            names = "--fail-on",
            paramLabel = "VERDICT",
            description = "Exit 1 for this verdict and worse: metadata, toolchain, base, dependency, functional or"
                    + " undecided (default: base).")
    private String failOn = Verdict.BASE.word();

    @Option(
            names = "--suppress",
            paramLabel = "FILE",
            description = "Findings that somebody answers for: a list of rule, where, reason, owner, until.")
    private @Nullable Path suppressions;

    @Option(names = "--html", paramLabel = "FILE", description = "Also write one self-contained page.")
    private @Nullable Path html;

    @Option(names = "--sarif", paramLabel = "FILE", description = "Also write SARIF 2.1.0.")
    private @Nullable Path sarif;

    @Option(names = "--all", description = "Show each harmless difference, not only how many there are.")
    private boolean all;

    @Option(names = "--side-by-side", description = "Show both values in two columns.")
    private boolean sideBySide;

    public CompareCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        Verdict limit = limit();
        List<Suppression> accepted =
                suppressions == null ? List.of() : SuppressionFile.read(session.path(suppressions));
        LocalDate today = LocalDate.ofInstant(session.terminal().clock().instant(), java.time.ZoneOffset.UTC);
        Report report = new Report(compare(), accepted, today);
        if (html != null) {
            Files.writeString(session.path(html), HtmlReport.text(report));
        }
        if (sarif != null) {
            Files.writeString(session.path(sarif), SarifReport.text(report) + "\n");
        }
        session.answer(
                JsonReport.document(report),
                () -> new TextReport(new TerminalPalette(session.style()), all, sideBySide ? 120 : 0).text(report));
        return report.judged().compareTo(limit) >= 0 ? Exit.REFUSED : Exit.DONE;
    }

    private Verdict limit() {
        Verdict verdict = Verdict.of(failOn.toLowerCase(Locale.ROOT)).orElse(Verdict.IDENTICAL);
        if (verdict == Verdict.IDENTICAL) {
            throw new Problem.Malformed(
                            "VERDICT_UNKNOWN",
                            "Reading --fail-on " + failOn,
                            "that is no verdict to fail on.",
                            "Write metadata, toolchain, base, dependency, functional or undecided.")
                    .exception();
        }
        return verdict;
    }

    private List<Result> compare() throws IOException {
        List<Result> results = new ArrayList<>();
        try (Progress progress = session.progress();
                Subjects subjects = new Subjects(session, progress)) {
            Subject first = subjects.of(names.getFirst());
            for (String name : names.subList(1, names.size())) {
                Subject second = subjects.of(name);
                Comparison comparison = new Comparison(Bounds.DEFAULT, file -> progress.say("Comparing " + file));
                results.add(comparison.of(first, second));
            }
        }
        return results;
    }
}
