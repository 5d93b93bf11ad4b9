package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.driver.Revived;
import dev.waybill.agent.driver.Revived.How;
import dev.waybill.agent.host.HostLauncher;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Span;
import dev.waybill.core.project.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was healthy here and was lost is started again; nothing else is, and never twice. */
@Tag("long")
final class RevivalTest {
    @TempDir
    Path temporary;

    Bench bench = new Bench(Path.of("/nowhere"));

    @BeforeEach
    void open() {
        bench = new Bench(temporary);
    }

    @AfterEach
    void close() throws IOException {
        bench.close();
    }

    private DirectoryDriver deploy(long number, String script) throws IOException {
        return deploy(number, script, Bench.health());
    }

    private DirectoryDriver deploy(long number, String script, Run.Health health) throws IOException {
        DirectoryDriver driver = bench.driver();
        driver.acknowledge(driver.deploy(bench.order(number, script, health)));
        return driver;
    }

    private static Revived revive(DirectoryDriver driver) throws IOException {
        return driver.revive(() -> false);
    }

    /** kill -9 of the application, and nobody starts it meanwhile. */
    private static void lose(Bench bench) throws IOException {
        long pid = bench.started().pid();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        long end = System.nanoTime() + 5_000_000_000L;
        while (bench.alive() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_lost_release_is_started_again_from_what_lies_here() throws IOException {
        DirectoryDriver driver = deploy(1, Bench.GOOD);
        assertThat(driver.lost()).isEmpty();
        long pid = bench.started().pid();
        lose(bench);
        Files.delete(bench.out);

        assertThat(driver.lost().orElseThrow().release()).hasToString("production/shop#1");
        assertThat(driver.lost().orElseThrow().why()).contains(Long.toString(pid));
        Revived revived = revive(driver);

        assertThat(revived.how()).as(revived.detail()).isEqualTo(How.HEALTHY);
        assertThat(bench.said()).isEqualTo("production/shop#1 blue1");
        assertThat(bench.settled()).containsExactly(bench.started().pid()).doesNotContain(pid);
        assertThat(driver.lost()).isEmpty();
        assertThat(driver.recover()).as("no deployment is to be said").isEmpty();
    }

    @Test
    void a_release_that_never_was_healthy_stays_failed() throws IOException {
        DirectoryDriver driver = deploy(1, Bench.BROKEN);

        assertThat(driver.lost()).isEmpty();
    }

    @Test
    void the_release_that_was_returned_to_is_the_one_that_is_started_again() throws IOException {
        deploy(1, Bench.GOOD);
        DirectoryDriver driver = deploy(2, Bench.BROKEN);
        lose(bench);

        assertThat(revive(driver).how()).isEqualTo(How.HEALTHY);
        assertThat(bench.said()).isEqualTo("production/shop#1 blue1");
    }

    @Test
    void a_release_that_could_not_be_returned_to_is_left_to_a_person() throws IOException {
        String once = "#!/bin/sh\ntest -e \"$OUT.once\" && exit 1\ntouch \"$OUT.once\"\n" + Bench.GOOD;
        deploy(1, once);
        DirectoryDriver driver = deploy(2, Bench.BROKEN);

        assertThat(bench.processes()).isEmpty();
        assertThat(driver.lost()).isEmpty();
    }

    @Test
    void one_that_is_not_healthy_in_time_is_ended_and_stays_lost() throws IOException {
        Run.Health health =
                new Run.Health(null, null, List.of("sh", "-c", "! test -e \"$OUT.sick\""), Span.parse("1s"));
        DirectoryDriver driver = deploy(1, Bench.GOOD, health);
        Files.createFile(Path.of(bench.out + ".sick"));
        lose(bench);

        Revived revived = revive(driver);

        assertThat(revived.how()).isEqualTo(How.FAILED);
        assertThat(revived.detail()).contains("not healthy within 1s");
        assertThat(bench.processes()).isEmpty();
        assertThat(driver.lost()).isPresent();
        Files.delete(Path.of(bench.out + ".sick"));
        assertThat(revive(driver).how()).isEqualTo(How.HEALTHY);
    }

    @Test
    void what_is_asked_for_meanwhile_does_not_wait_for_the_health_of_the_lost_one() throws IOException {
        DirectoryDriver driver = deploy(1, Bench.GOOD);
        lose(bench);
        Files.delete(bench.out);

        assertThat(driver.revive(() -> true).how()).isIn(How.GAVE_WAY, How.HEALTHY);
        deploy(2, Bench.GOOD + "# two\n");

        assertThat(bench.said()).isEqualTo("production/shop#2 blue2");
        assertThat(bench.settled()).containsExactly(bench.started().pid());
    }

    @Test
    void altered_files_are_laid_anew_before_they_serve_again() throws IOException {
        DirectoryDriver driver = deploy(1, Bench.GOOD);
        lose(bench);
        Path file = bench.root.release("1").resolve("serve");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(file, "#!/bin/sh\necho evil\n");

        assertThat(revive(driver).how()).isEqualTo(How.HEALTHY);
        assertThat(file).hasContent(Bench.GOOD);
    }

    @Test
    void what_the_lost_process_left_in_its_session_makes_room_first() throws IOException {
        DirectoryDriver driver = deploy(1, "#!/bin/sh\nsleep 600 &\n" + Bench.GOOD.substring("#!/bin/sh\n".length()));
        lose(bench);
        List<Long> left = bench.settled();
        assertThat(left).hasSize(1);

        assertThat(revive(driver).how()).isEqualTo(How.HEALTHY);

        assertThat(bench.processes()).doesNotContainAnyElementsOf(left);
    }

    @Test
    void after_a_restart_of_the_host_another_process_with_that_pid_is_left_alone() throws Exception {
        DirectoryDriver driver = deploy(1, Bench.GOOD);
        lose(bench);
        Process stranger = new ProcessBuilder("sleep", "600").start();
        try {
            Started then = bench.started();
            Started before = new Started(
                    1, then.directory(), stranger.pid(), "another-boot:17", then.startedAt(), then.standing());
            Files.write(bench.root.process(), Json.write(before));

            assertThat(revive(driver).how()).isEqualTo(How.HEALTHY);

            assertThat(stranger.isAlive()).isTrue();
            assertThat(bench.settled()).containsExactly(bench.started().pid());
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void an_agent_that_dies_before_a_step_leaves_at_most_one_process() throws IOException {
        dieAtEachStep(false);
    }

    @Test
    void an_agent_that_dies_after_a_step_leaves_at_most_one_process() throws IOException {
        dieAtEachStep(true);
    }

    private void dieAtEachStep(boolean after) throws IOException {
        for (int step = 1; ; step++) {
            try (Bench each = new Bench(temporary.resolve(after + "-" + step))) {
                DirectoryDriver first = each.driver();
                first.acknowledge(first.deploy(each.order(1, Bench.GOOD)));
                lose(each);
                CrashingDisk disk = new CrashingDisk(0, after);
                DirectoryDriver dying = each.driver(disk, new HostLauncher());
                disk.killAt(step);
                String where = "no step left";
                try {
                    revive(dying);
                } catch (CrashingDisk.Killed e) {
                    where = String.valueOf(e.getMessage());
                }

                DirectoryDriver next = each.driver();
                assertThat(next.recover()).as(where).isEmpty();
                // A shell that waited for its line in vain may still be ending: then the first attempt finds it dead.
                for (int attempt = 1; attempt <= 2 && next.lost().isPresent(); attempt++) {
                    revive(next);
                }

                assertThat(each.settled())
                        .as(where)
                        .containsExactly(each.started().pid());
                assertThat(next.lost()).as(where).isEmpty();
                if (!disk.hasKilled()) {
                    assertThat(step).as("steps of a restart").isGreaterThan(3);
                    return;
                }
            }
        }
    }
}
