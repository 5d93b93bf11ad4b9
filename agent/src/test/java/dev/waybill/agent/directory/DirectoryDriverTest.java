package dev.waybill.agent.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.agent.driver.Ended;
import dev.waybill.core.predicate.Deployment.Outcome;
import dev.waybill.core.project.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryDriverTest {
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

    private Ended deploy(long number, String script) throws IOException {
        DirectoryDriver driver = bench.driver();
        Ended ended = driver.deploy(bench.order(number, script));
        driver.acknowledge(ended);
        return ended;
    }

    @Test
    void a_release_is_started_and_found_healthy() throws IOException {
        Ended ended = deploy(1, Bench.GOOD);

        assertThat(ended.outcome()).as(ended.detail()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ended.running()).hasToString("production/shop#1");
        assertThat(bench.said()).isEqualTo("production/shop#1 blue1");
        assertThat(bench.root.current().toRealPath())
                .isEqualTo(bench.root.release("1").toRealPath());
        assertThat(bench.alive()).isTrue();
    }

    @Test
    void the_process_finds_a_clean_environment() throws IOException {
        deploy(1, Bench.GOOD);

        List<String> names = Files.readAllLines(temporary.resolve("out.env")).stream()
                .map(line -> line.replaceFirst("=.*", ""))
                .filter(name -> !List.of("PWD", "SHLVL", "_", "OLDPWD").contains(name))
                .toList();
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "PATH", "HOME", "LANG", "OUT", "COLOUR", "WAYBILL_RELEASE", "WAYBILL_DIGEST", "WAYBILL_COMMIT");
    }

    @Test
    void configuration_lies_beside_the_release_for_its_owner_only() throws IOException {
        deploy(1, Bench.GOOD);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(bench.root.config(1))))
                .isEqualTo("rw-------");
        assertThat(bench.root.release("1").toFile().list()).containsExactly("serve");
    }

    @Test
    void a_release_that_is_not_healthy_gives_way_to_the_one_before() throws IOException {
        deploy(1, Bench.GOOD);

        Ended ended = deploy(2, Bench.BROKEN);

        assertThat(ended.outcome()).as(ended.detail()).isEqualTo(Outcome.RETURNED);
        assertThat(ended.running()).hasToString("production/shop#1");
        assertThat(ended.detail()).contains("ended by itself", "what it wrote is in " + bench.root.log(2));
        assertThat(bench.said()).isEqualTo("production/shop#1 blue1");
        assertThat(bench.alive()).isTrue();
        assertThat(bench.root.current().toRealPath())
                .isEqualTo(bench.root.release("1").toRealPath());
    }

    @Test
    void a_first_release_that_is_not_healthy_leaves_nothing_running() throws IOException {
        Ended ended = deploy(1, Bench.BROKEN);

        assertThat(ended.outcome()).isEqualTo(Outcome.DOWN);
        assertThat(ended.running()).isNull();
        assertThat(bench.processes()).isEmpty();
    }

    @Test
    void what_the_host_lacks_is_said_before_anything_is_stopped() throws IOException {
        deploy(1, Bench.GOOD);
        long pid = bench.started().pid();
        var order = bench.order(2, Bench.GOOD);
        var needy = new dev.waybill.agent.driver.Order(
                order.release(),
                order.artifact(),
                order.commit(),
                order.configurationVersion(),
                order.configuration(),
                new dev.waybill.agent.driver.Order.Contents(
                        new Run(List.of("./serve"), null, Map.of("java", ">=99")),
                        order.contents().files(),
                        order.contents().blobs()),
                null);

        Ended ended = bench.driver().deploy(needy);

        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.running()).hasToString("production/shop#1");
        assertThat(ended.detail()).contains("java >=99");
        assertThat(bench.started().pid()).isEqualTo(pid);
        assertThat(bench.alive()).isTrue();
    }

    @Test
    void the_process_belongs_to_itself_and_is_known_again_by_another_agent() throws IOException {
        deploy(1, Bench.GOOD);
        long pid = bench.started().pid();

        DirectoryDriver second = bench.driver();

        assertThat(second.recover()).isEmpty();
        assertThat(bench.alive()).isTrue();
        String[] stat = Files.readString(Path.of("/proc/" + pid + "/stat"))
                .replaceFirst(".*\\) ", "")
                .split(" ");
        assertThat(stat[3]).as("session").isEqualTo(Long.toString(pid));
        Ended ended = second.deploy(bench.order(2, Bench.GOOD));
        assertThat(ended.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(bench.settled()).hasSize(1);
    }

    @Test
    void going_back_starts_a_kept_release_with_its_own_configuration() throws IOException {
        deploy(1, Bench.GOOD);
        deploy(2, Bench.GOOD + "# two\n");
        deploy(3, Bench.BROKEN);

        DirectoryDriver driver = bench.driver();
        Ended ended = driver.back(null, Bench.someone());

        assertThat(ended.outcome()).as(ended.detail()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(ended.release()).hasToString("production/shop#1");
        assertThat(ended.offline()).isEqualTo(Bench.someone());
        assertThat(bench.said()).isEqualTo("production/shop#1 blue1");
    }

    @Test
    void going_back_after_a_rollback_skips_the_release_that_the_rollback_left() throws IOException {
        deploy(1, Bench.GOOD);
        deploy(2, Bench.GOOD + "# two\n");
        deploy(3, Bench.GOOD + "# three\n");
        DirectoryDriver driver = bench.driver();
        driver.acknowledge(driver.deploy(bench.again(4, 2, Bench.GOOD + "# two\n")));

        Ended ended = driver.back(null, Bench.someone());

        assertThat(ended.release()).hasToString("production/shop#1");
    }

    @Test
    void what_could_be_named_is_said_when_every_earlier_release_was_left() throws IOException {
        deploy(1, Bench.GOOD);
        deploy(2, Bench.GOOD + "# two\n");
        DirectoryDriver driver = bench.driver();
        driver.acknowledge(driver.deploy(bench.again(3, 1, Bench.GOOD)));

        assertThatThrownBy(() -> driver.back(null, Bench.someone()))
                .hasMessageContaining("RELEASE_NOT_KEPT")
                .hasMessageContaining("--to: #2, #1");
        assertThat(driver.back(2L, Bench.someone()).release()).hasToString("production/shop#2");
    }

    @Test
    void a_kept_release_whose_files_were_altered_is_laid_anew_before_it_serves_again() throws IOException {
        deploy(1, Bench.GOOD);
        deploy(2, Bench.GOOD + "# two\n");
        Path file = bench.root.release("1").resolve("serve");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(file, "#!/bin/sh\necho evil\n");

        Ended ended = bench.driver().back(1L, Bench.someone());

        assertThat(ended.outcome()).as(ended.detail()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(file).hasContent(Bench.GOOD);
    }

    @Test
    void only_what_was_healthy_here_can_be_gone_back_to() throws IOException {
        deploy(1, Bench.BROKEN);
        deploy(2, Bench.GOOD);

        assertThatThrownBy(() -> bench.driver().back(1L, Bench.someone())).hasMessageContaining("RELEASE_NOT_KEPT");
        assertThat(bench.alive()).isTrue();
    }

    @Test
    void old_releases_leave_and_those_needed_for_going_back_stay() throws IOException {
        for (int i = 1; i <= 6; i++) {
            deploy(i, Bench.GOOD + "# " + i + "\n");
        }

        assertThat(bench.root.releases().toFile().list()).containsExactlyInAnyOrder("3", "4", "5", "6");
        assertThat(bench.root.config().toFile().list())
                .containsExactlyInAnyOrder("3.json", "4.json", "5.json", "6.json");
    }
}
