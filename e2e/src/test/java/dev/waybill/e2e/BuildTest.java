package dev.waybill.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One commit, one artifact: also when two people build at once, when the build fails, and when somebody stops it. */
@SuppressWarnings("NullAway.Init")
class BuildTest {
    @TempDir
    static Path work;

    static ServerProcess server;
    static Team team;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(work);
        team = Team.usual(work, server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void of_two_builds_at_once_with_other_bytes_one_wins_and_the_other_is_told() throws Exception {
        Path gate = work.resolve("gate");
        String commit = waiting("raced", gate, "date +%s%N > app.bin; echo $$ >> app.bin")
                .commit("Races");
        try (LiveProcess one = build("raced", "one");
                LiveProcess two = build("raced", "two")) {
            one.untilSays("building now");
            two.untilSays("building now");

            Files.createFile(gate);

            assertThat(List.of(one.exit(), two.exit())).containsExactlyInAnyOrder(0, 1);
            LiveProcess loser = one.exit() == 1 ? one : two;
            LiveProcess winner = loser == one ? two : one;
            assertThat(loser.said()).contains("COMMIT_HAS_ARTIFACT");
            String digest = team.as("viewer")
                    .json(
                            "pull",
                            "raced@" + commit,
                            "--to",
                            work.resolve("raced").toString())
                    .done()
                    .json()
                    .path("artifact")
                    .asString();
            assertThat(winner.said()).contains(digest);
        }
    }

    @Test
    void two_builds_at_once_with_the_same_bytes_register_one_artifact() throws Exception {
        Path gate = work.resolve("gate-same");
        String commit = waiting("agreed", gate, "echo same > app.bin").commit("Agrees");
        try (LiveProcess one = build("agreed", "one");
                LiveProcess two = build("agreed", "two")) {
            one.untilSays("building now");
            two.untilSays("building now");

            Files.createFile(gate);

            assertThat(List.of(one.exit(), two.exit())).containsOnly(0);
            Ran again =
                    team.as("builder").in(repository("agreed")).json("build").done();
            String digest = again.json().path("digest").asString();
            assertThat(one.said()).contains(digest);
            assertThat(two.said()).contains(digest);
            assertThat(again.json().path("commit").asString()).isEqualTo(commit);
        }
    }

    @Test
    void a_build_that_fails_leaves_nothing_registered_and_nothing_behind() throws Exception {
        Path temporary = Files.createDirectories(work.resolve("tmp-failing"));
        TempGit git = project("failing", "echo half > app.bin; echo reason; exit 7");
        String commit = git.commit("Fails");
        try (LiveProcess build = inTemporary("failing", temporary)) {
            assertThat(build.exit()).isEqualTo(1);
            assertThat(build.said())
                    .contains("BUILD_FAILED")
                    .contains("exit code 7")
                    .contains("reason");
        }
        unknown("failing@" + commit);
        assertThat(left(temporary)).isEmpty();
    }

    @Test
    void an_output_that_is_missing_is_named() {
        project("forgetful", "true").commit("Forgets");

        Ran ran = team.as("builder").in(repository("forgetful")).run("build").refused(1, "OUTPUT_MISSING");

        assertThat(ran.err()).contains("app.bin");
    }

    @Test
    void control_c_stops_the_command_and_cleans_up() throws Exception {
        Path temporary = Files.createDirectories(work.resolve("tmp-interrupted"));
        Path pid = work.resolve("pid");
        TempGit git = project("interrupted", "echo $$ > " + pid + "; echo building now; sleep 1000");
        String commit = git.commit("Never ends");
        try (LiveProcess build = inTemporary("interrupted", temporary)) {
            build.untilSays("building now");
            long command = Long.parseLong(Files.readString(pid).strip());

            int exit = build.interrupt();

            assertThat(exit).isEqualTo(130);
            Until.holds(
                    "the command is gone",
                    build::said,
                    () -> ProcessHandle.of(command)
                            .filter(ProcessHandle::isAlive)
                            .isEmpty());
        }
        unknown("interrupted@" + commit);
        assertThat(left(temporary)).isEmpty();
    }

    @Test
    void what_is_not_committed_is_not_built() {
        TempGit git = project("dirty", "echo x > app.bin");
        git.commit("Clean");
        git.write("stray.txt", "stray");

        Ran ran = team.as("builder").in(git.directory()).run("build").refused(1, "WORK_TREE_DIRTY");

        assertThat(ran.err()).contains("stray.txt");
    }

    @Test
    void a_variable_of_the_caller_does_not_reach_the_build() {
        TempGit git = project("clean", "echo \\\"<$STRAY>\\\" > app.bin");
        String commit = git.commit("Prints a variable");
        Path to = work.resolve("clean");

        team.as("builder")
                .in(git.directory())
                .with("STRAY", "leak")
                .run("build")
                .done();

        team.as("viewer").run("pull", "clean@" + commit, "--to", to.toString()).done();
        assertThat(to.resolve("app.bin")).hasContent("<>\n");
    }

    private static Path repository(String application) {
        return work.resolve("repositories").resolve(application);
    }

    private static TempGit project(String application, String command) {
        return TempGit.create(repository(application)).write("waybill.yaml", """
                application: %s
                build: {command: "%s", outputs: [app.bin]}
                """.formatted(application, command));
    }

    /** A build that says that it has begun, and goes on once the gate is there. */
    private static TempGit waiting(String application, Path gate, String command) {
        return project(application, "echo building now; while ! test -e " + gate + "; do sleep 0.05; done; " + command);
    }

    private static LiveProcess build(String application, String desk) {
        return team.as("builder")
                .in(repository(application))
                .with("WAYBILL_CONFIG_DIR", work.resolve("config-" + desk).toString())
                .start("build", "build");
    }

    /** Its log stands beside its temporary directory, so that the work tree stays clean. */
    private static LiveProcess inTemporary(String application, Path temporary) {
        Cli cli = team.as("builder").with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
        return cli.start("build", "build", "--dir", repository(application).toString());
    }

    private static void unknown(String ref) {
        team.as("viewer")
                .run("pull", ref, "--to", work.resolve("nothing").toString())
                .exits(1);
    }

    /** What Waybill left; the virtual machine's and libraries' own files do not count. */
    private static List<Path> left(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(f -> f.getFileName().toString().startsWith("waybill-"))
                    .toList();
        }
    }
}
