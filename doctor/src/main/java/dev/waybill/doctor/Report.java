package dev.waybill.doctor;

import dev.waybill.doctor.check.Finding;
import dev.waybill.doctor.check.Verdict;
import dev.waybill.doctor.source.Note;
import java.util.List;
import java.util.Map;

/**
 * What the doctor found in one repository.
 *
 * @param pipelines the files that start something
 * @param answers the questions in their order; the first three are the ones that matter
 * @param findings by importance
 * @param notes what could not be read
 */
public record Report(List<String> pipelines, Map<String, Verdict> answers, List<Finding> findings, List<Note> notes) {
    /** Whether something is wrong; notes of the lowest level do not count. */
    public boolean ill() {
        return findings.stream()
                .anyMatch(finding -> finding.level() != Finding.Level.NOTE && finding.verdict() == Verdict.YES);
    }

    public Verdict answer(String question) {
        return answers.getOrDefault(question, Verdict.UNKNOWN);
    }
}
