package dev.waybill.cli.doctor;

import dev.waybill.cli.terminal.Style;
import dev.waybill.cli.terminal.Table;
import java.util.List;
import java.util.Locale;

/** A report for a person: the three answers, then what breaks the chain, then the rest. */
final class DoctorText {
    private static final int MOST_OF_A_RULE = 3;

    private final Style style;

    DoctorText(Style style) {
        this.style = style;
    }

    String of(List<DoctorView> views) {
        return views.size() == 1 ? one(views.getFirst()) : several(views);
    }

    private String one(DoctorView view) {
        if (view.pipelines().isEmpty() && view.notes().isEmpty()) {
            return "No delivery pipeline in " + view.directory() + ".\n";
        }
        StringBuilder text = new StringBuilder();
        Table answers = new Table(style, "QUESTION", "ANSWER");
        answers.row("1 Separate build for each environment?", answer(view.answer("rebuild_per_environment"), "yes"));
        answers.row("2 Build environments identical?", answer(view.answer("identical_build_environments"), "no"));
        answers.row("3 Production traceable to a test run?", answer(view.answer("traceable_to_test_run"), "no"));
        text.append(answers).append('\n');
        String rule = "";
        int shown = 0;
        for (DoctorView.FindingView finding : view.findings()) {
            shown = finding.rule().equals(rule) ? shown + 1 : 1;
            rule = finding.rule();
            if (shown <= MOST_OF_A_RULE) {
                text.append(finding(finding));
            } else if (shown == MOST_OF_A_RULE + 1) {
                text.append("         and more of ").append(rule).append(" (--output json shows all)\n");
            }
        }
        view.notes()
                .forEach(note -> text.append(style.dim("note     "))
                        .append(Table.clean(note.file() + ":" + note.line() + " " + note.text()))
                        .append('\n'));
        return text.toString();
    }

    private String answer(String answer, String bad) {
        String said = answer.toUpperCase(Locale.ROOT);
        return answer.equals("unknown") ? style.warn(said) : answer.equals(bad) ? style.bad(said) : style.good(said);
    }

    private String finding(DoctorView.FindingView finding) {
        StringBuilder text = new StringBuilder();
        String level = String.format(Locale.ROOT, "%-8s", finding.level());
        text.append(finding.level().equals("error") ? style.bad(level) : style.warn(level))
                .append(' ')
                .append(style.bold(finding.rule()))
                .append(' ')
                .append(Table.clean(finding.message()))
                .append('\n');
        for (DoctorView.ChainView chain : finding.chains()) {
            text.append("         ").append(Table.clean(chain.label())).append('\n');
            chain.places()
                    .forEach(place -> text.append("           ")
                            .append(style.dim(Table.clean(place.toString())))
                            .append('\n'));
        }
        text.append("         ").append(finding.advice()).append('\n');
        return text.toString();
    }

    private String several(List<DoctorView> views) {
        Table table = new Table(style, "REPOSITORY", "SEPARATE BUILDS", "IDENTICAL", "TRACEABLE", "ERRORS", "WARNINGS");
        for (DoctorView view : DoctorView.ranked(views)) {
            table.row(
                    view.directory(),
                    answer(view.answer("rebuild_per_environment"), "yes"),
                    answer(view.answer("identical_build_environments"), "no"),
                    answer(view.answer("traceable_to_test_run"), "no"),
                    view.count("error"),
                    view.count("warning"));
        }
        return table.toString();
    }
}
