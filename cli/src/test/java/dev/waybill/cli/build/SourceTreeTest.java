package dev.waybill.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTreeTest {
    @TempDir
    Path directory;

    @Test
    void a_checkout_is_the_commit_and_is_gone_when_closed() throws Exception {
        repository();
        Path checkout;
        try (SourceTree source = SourceTree.at(directory);
                Workspace workspace = Workspace.of(source)) {
            checkout = workspace.directory();

            assertThat(checkout.resolve("a.txt")).hasContent("one");
            assertThat(checkout.resolve(".git/HEAD")).hasContent(source.commit().value());
            source.requireClean();
        }
        assertThat(checkout).doesNotExist();
        assertThat(directory.resolve("a.txt")).hasContent("one");
    }

    @Test
    void a_work_tree_with_other_files_than_the_commit_is_refused_with_their_names() throws Exception {
        repository();
        Files.writeString(directory.resolve("a.txt"), "changed");
        Files.writeString(directory.resolve("new.txt"), "new");
        try (SourceTree source = SourceTree.at(directory)) {
            assertThatThrownBy(source::requireClean)
                    .hasMessageStartingWith("WORK_TREE_DIRTY")
                    .hasMessageContaining("a.txt")
                    .hasMessageContaining("new.txt");
        }
    }

    @Test
    void the_project_file_is_read_from_the_commit_and_not_from_the_disk() throws Exception {
        repository();
        Files.writeString(directory.resolve("a.txt"), "changed");
        try (SourceTree source = SourceTree.at(directory)) {
            assertThat(source.read("a.txt")).asString().isEqualTo("one");
            assertThatThrownBy(() -> source.read("waybill.yaml")).hasMessageStartingWith("PROJECT_FILE_MISSING");
        }
    }

    @Test
    void a_project_file_above_is_pointed_at() throws Exception {
        Files.createDirectories(directory.resolve("src/main"));
        Files.writeString(directory.resolve("src/main/b.txt"), "two");
        repository();
        try (SourceTree source = SourceTree.at(directory.resolve("src/main"))) {
            assertThatThrownBy(() -> source.read("a.txt"))
                    .hasMessageStartingWith("PROJECT_FILE_MISSING")
                    .hasMessageContaining("waybill build --dir ../..");
        }
    }

    private void repository() throws Exception {
        Files.writeString(directory.resolve("a.txt"), "one");
        try (Git git = Git.init().setDirectory(directory.toFile()).call()) {
            git.add().addFilepattern(".").call();
            git.commit()
                    .setAuthor("Fourth", "fourth@example.org")
                    .setCommitter("Fourth", "fourth@example.org")
                    .setSign(false)
                    .setMessage("One")
                    .call();
        }
    }
}
