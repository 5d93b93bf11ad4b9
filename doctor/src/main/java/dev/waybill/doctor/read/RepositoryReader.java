package dev.waybill.doctor.read;

import dev.waybill.doctor.model.Pipeline;
import dev.waybill.doctor.model.Repository;
import dev.waybill.doctor.source.Note;
import dev.waybill.doctor.source.Place;
import dev.waybill.doctor.source.SourceTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All pipelines of a tree, whoever runs them. */
public final class RepositoryReader {
    private RepositoryReader() {}

    public static Repository read(SourceTree tree) {
        List<Note> notes = new ArrayList<>();
        Documents documents = new Documents(tree, notes);
        List<Pipeline> pipelines = new ArrayList<>();
        pipelines.addAll(guarded(documents, "GitHub workflows", () -> new GithubReader(documents).pipelines()));
        pipelines.addAll(guarded(documents, ".gitlab-ci.yml", () -> new GitlabReader(documents).pipelines()));
        pipelines.addAll(
                guarded(documents, "bitbucket-pipelines.yml", () -> new BitbucketReader(documents).pipelines()));
        pipelines.addAll(guarded(documents, "Azure Pipelines", () -> new AzureReader(documents).pipelines()));
        pipelines.addAll(guarded(documents, ".circleci/config.yml", () -> new CircleReader(documents).pipelines()));
        notes.addAll(tree.notes());
        return new Repository(tree, List.copyOf(pipelines), List.copyOf(notes));
    }

    /** A defect of a reader must not hide what the others find; it is said, not swallowed. */
    private static List<Pipeline> guarded(Documents documents, String what, Supplier<List<Pipeline>> reader) {
        try {
            return reader.get();
        } catch (RuntimeException | StackOverflowError e) {
            documents.note(new Place(what, 1), "not analysed: " + e.getClass().getSimpleName());
            return List.of();
        }
    }
}
