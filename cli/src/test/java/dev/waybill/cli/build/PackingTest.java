package dev.waybill.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.waybill.core.name.ApplicationName;
import dev.waybill.core.name.CommitId;
import dev.waybill.core.name.Digest;
import dev.waybill.core.project.ConfigurationContract;
import dev.waybill.core.project.ProjectFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackingTest {
    private static final CommitId COMMIT = new CommitId("0123456789012345678901234567890123456789");

    @TempDir
    Path directory;

    @Test
    void the_same_files_give_the_same_digest_whatever_directory_time_and_umask() throws IOException {
        Path one = tree("one", "rw-r--r--", 1_000_000);
        Path two = tree("two/deeper", "rw-rw-rw-", 2_000_000_000_000L);

        assertThat(pack(one, "dist", "a.jar")).isEqualTo(pack(two, "dist", "a.jar"));
    }

    @Test
    void another_byte_another_name_or_another_commit_gives_another_digest() throws IOException {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        Digest before = pack(tree, "dist", "a.jar");

        Files.writeString(tree.resolve("dist/sub/b.txt"), "B");
        Digest otherByte = pack(tree, "dist", "a.jar");
        Files.move(tree.resolve("dist/sub/b.txt"), tree.resolve("dist/sub/c.txt"));
        Digest otherName = pack(tree, "dist", "a.jar");

        assertThat(List.of(before, otherByte, otherName)).doesNotHaveDuplicates();
    }

    @Test
    void whether_a_file_is_a_program_is_part_of_it() throws IOException {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        Digest before = pack(tree, "dist");

        Files.setPosixFilePermissions(tree.resolve("dist/sub/b.txt"), PosixFilePermissions.fromString("rwxr--r--"));

        assertThat(pack(tree, "dist")).isNotEqualTo(before);
    }

    @Test
    void long_names_survive_in_the_tar() throws IOException {
        Path tree = directory.resolve("long");
        String name = "n".repeat(150) + ".txt";
        Files.createDirectories(tree.resolve("dist"));
        Files.writeString(tree.resolve("dist").resolve(name), "x");
        Path tar = directory.resolve("long.tar");

        Tar.write(tree.resolve("dist"), "dist", tar);

        String path = "dist/" + name;
        assertThat(new String(Files.readAllBytes(tar), java.nio.charset.StandardCharsets.ISO_8859_1))
                .contains((path.length() + 10) + " path=" + path + "\n");
        assertThat(Files.size(tar) % 512).isZero();
    }

    @Test
    void a_link_is_refused() throws IOException {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        Files.createSymbolicLink(tree.resolve("dist/link"), Path.of("/etc/hostname"));

        assertThatThrownBy(() -> pack(tree, "dist")).hasMessageStartingWith("OUTPUT_NOT_A_FILE");
    }

    @Test
    void a_pipe_is_refused_instead_of_waited_for() throws Exception {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        pipe(tree.resolve("pipe"));
        pipe(tree.resolve("dist/pipe"));

        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThatThrownBy(() -> pack(tree, "pipe")).hasMessageStartingWith("OUTPUT_NOT_A_FILE");
            assertThatThrownBy(() -> pack(tree, "dist")).hasMessageStartingWith("OUTPUT_NOT_A_FILE");
            assertThatThrownBy(() -> pack(tree, "pip*")).hasMessageStartingWith("OUTPUT_MISSING");
        });
    }

    private static void pipe(Path path) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", path.toString()).start();
        assertThat(made.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }

    @Test
    void the_checkout_itself_and_its_history_are_no_outputs() throws IOException {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        Files.createDirectories(tree.resolve(".git"));
        Files.writeString(tree.resolve(".git/config"), "[core]");
        Files.createDirectories(tree.resolve("dist/module/.git"));
        Files.writeString(tree.resolve("dist/module/.git/config"), "[core]");

        for (String output : List.of(".", "./", "dist/..", ".git", ".git/config", "**", "dist")) {
            assertThatThrownBy(() -> pack(tree, output)).as(output).hasMessageStartingWith("OUTPUT_IS_SOURCE");
        }
        assertThatThrownBy(() -> pack(tree, "dist/[z")).hasMessageStartingWith("OUTPUT_PATTERN_INVALID");
    }

    @Test
    void an_output_that_is_not_there_and_two_of_one_name_are_refused() throws IOException {
        Path tree = tree("one", "rw-r--r--", 1_000_000);
        Files.copy(tree.resolve("a.jar"), tree.resolve("dist/a.jar"));

        assertThatThrownBy(() -> pack(tree, "target/*.jar")).hasMessageStartingWith("OUTPUT_MISSING");
        assertThatThrownBy(() -> pack(tree, "a.jar", "dist/a.jar")).hasMessageStartingWith("OUTPUT_AMBIGUOUS");
    }

    private Path tree(String name, String mode, long millis) throws IOException {
        Path root = directory.resolve(name);
        Files.createDirectories(root.resolve("dist/sub"));
        for (String file : List.of("a.jar", "dist/z.txt", "dist/sub/b.txt")) {
            Path path = Files.writeString(root.resolve(file), file);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            Files.setLastModifiedTime(path, FileTime.fromMillis(millis));
        }
        return root;
    }

    private Digest pack(Path root, String... outputs) throws IOException {
        ProjectFile project =
                new ProjectFile(new ApplicationName("shop"), null, null, ConfigurationContract.NONE, null);
        Path scratch = Files.createTempDirectory(directory, "scratch");
        return new Packing(scratch)
                .pack(project, COMMIT, Outputs.declared(root, List.of(outputs)))
                .digest();
    }
}
