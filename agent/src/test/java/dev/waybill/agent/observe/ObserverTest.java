package dev.waybill.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.agent.directory.Bench;
import dev.waybill.agent.directory.Shelf;
import dev.waybill.agent.driver.Order;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.core.predicate.Observation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObserverTest {
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

    private Seen look() throws IOException {
        return new Observer(bench.root, new Shelf(new RealDisk(), bench.root)).look();
    }

    private Order deploy(long number, String script) throws IOException {
        Order order = bench.order(number, script);
        var driver = bench.driver();
        driver.acknowledge(driver.deploy(order));
        return order;
    }

    @Test
    void nothing_runs_before_anything_was_deployed() throws IOException {
        assertThat(look().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void the_running_release_is_named_by_the_bytes_of_its_files() throws IOException {
        Order order = deploy(1, Bench.GOOD);

        Seen seen = look();

        assertThat(seen.state()).as(seen.how()).isEqualTo(State.RUNNING);
        assertThat(seen.artifact()).isEqualTo(order.artifact());
        assertThat(seen.release()).isEqualTo(order.release());
        assertThat(seen.files())
                .singleElement()
                .satisfies(file -> assertThat(file.digest())
                        .isEqualTo(order.contents().files().getFirst().digest()));
        assertThat(seen.process()).isNotNull();
    }

    @Test
    void altered_bytes_on_disk_are_seen() throws IOException {
        deploy(1, Bench.GOOD);
        Path file = bench.root.release("1").resolve("serve");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(file, Bench.GOOD + "# and more\n");

        Seen seen = look();

        assertThat(seen.state()).isEqualTo(State.ALTERED);
        assertThat(seen.artifact()).isNull();
        assertThat(seen.how()).contains("serve has other bytes");
    }

    @Test
    void a_file_that_was_replaced_under_a_process_that_uses_it_is_seen_even_when_its_bytes_are_right()
            throws IOException {
        // The process keeps its own script open, so the kernel knows which file it really reads.
        deploy(1, "#!/bin/sh\nexec 9< serve\necho \"$WAYBILL_RELEASE $COLOUR\" > \"$OUT\"\nexec sleep 600\n");
        Path file = bench.root.release("1").resolve("serve");
        byte[] same = Files.readAllBytes(file);
        Files.delete(file);
        Files.write(file, same);

        Seen seen = look();

        assertThat(seen.state()).as(seen.how()).isEqualTo(State.ALTERED);
        assertThat(seen.how()).contains("was replaced while the process uses it");
    }

    @Test
    void a_file_in_use_that_no_release_has_is_seen() throws IOException {
        deploy(
                1,
                "#!/bin/sh\necho x > smuggled\nexec 9< smuggled\necho \"$WAYBILL_RELEASE $COLOUR\" > \"$OUT\"\nexec sleep 600\n");

        assertThat(look().how()).contains("smuggled is used by the process");
    }

    @Test
    void what_was_commanded_does_not_count_when_the_process_is_gone() throws IOException {
        deploy(1, Bench.GOOD);
        long pid = bench.started().pid();
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroyForcibly();
        process.onExit().join();

        assertThat(look().state()).isEqualTo(State.STOPPED);
    }
}
