package dev.waybill.cli.doctor;

import dev.waybill.doctor.Report;
import dev.waybill.doctor.check.Finding;
import dev.waybill.doctor.source.Place;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A report as JSON.
 *
 * @param answers yes, no or unknown by question
 */
record DoctorView(
        String directory,
        Map<String, String> answers,
        List<FindingView> findings,
        List<String> pipelines,
        List<NoteView> notes) {
    /** Several repositories, the furthest from one build first. */
    record Several(List<DoctorView> repositories) {}

    record FindingView(
            String rule,
            String level,
            String verdict,
            String message,
            List<String> environments,
            List<ChainView> chains,
            String cause,
            String advice) {}

    record ChainView(String label, List<PlaceView> places) {}

    record PlaceView(String file, int line) {
        static PlaceView of(Place place) {
            return new PlaceView(place.file(), place.line());
        }

        @Override
        public String toString() {
            return file + ":" + line;
        }
    }

    record NoteView(String file, int line, String text) {}

    static DoctorView of(String directory, Report report) {
        Map<String, String> answers = new LinkedHashMap<>();
        report.answers().forEach((question, verdict) -> answers.put(question, verdict.word()));
        return new DoctorView(
                directory,
                answers,
                report.findings().stream().map(DoctorView::finding).toList(),
                report.pipelines(),
                report.notes().stream()
                        .map(note ->
                                new NoteView(note.place().file(), note.place().line(), note.text()))
                        .toList());
    }

    private static FindingView finding(Finding finding) {
        return new FindingView(
                finding.rule(),
                finding.level().name().toLowerCase(Locale.ROOT),
                finding.verdict().word(),
                finding.message(),
                finding.environments(),
                finding.chains().stream()
                        .map(chain -> new ChainView(
                                chain.label(),
                                chain.places().stream().map(PlaceView::of).toList()))
                        .toList(),
                finding.cause(),
                finding.advice());
    }

    long count(String level) {
        return findings.stream()
                .filter(finding -> finding.level().equals(level))
                .count();
    }

    String answer(String question) {
        return answers.getOrDefault(question, "unknown");
    }

    static List<DoctorView> ranked(List<DoctorView> views) {
        return views.stream()
                .sorted(Comparator.comparingLong((DoctorView view) -> -view.count("error"))
                        .thenComparingLong(view -> -view.count("warning"))
                        .thenComparing(DoctorView::directory))
                .toList();
    }
}
