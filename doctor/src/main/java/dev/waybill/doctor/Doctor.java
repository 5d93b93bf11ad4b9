package dev.waybill.doctor;

import dev.waybill.doctor.check.Examination;
import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Repository;
import dev.waybill.doctor.read.RepositoryReader;
import dev.waybill.doctor.source.SourceTree;

/** Reads a repository's delivery pipelines and says what breaks the way from one build to production. */
public final class Doctor {
    private Doctor() {}

    /** Offline; the same tree gives the same report. */
    public static Report examine(SourceTree tree) {
        Repository repository = RepositoryReader.read(tree);
        Examination examination = new Examination(repository);
        return new Report(
                repository.pipelines().stream().map(Pipeline::file).distinct().toList(),
                examination.answers(),
                examination.findings(),
                repository.notes());
    }
}
