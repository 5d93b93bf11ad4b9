package dev.waybill.cli.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A team's command ends, or is ended. */
@Timeout(60)
class ShellRunTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    @TempDir
    Path directory;

    private final List<String> lines = new ArrayList<>();

    @Test
    void a_command_that_ends_passes_its_lines_on_and_has_its_exit_code() throws IOException {
        ShellRun.Ended ended = within(Duration.ofSeconds(30)).shell("echo one; echo two; exit 3");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.last()).containsExactly("one", "two");
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void a_command_that_closed_its_output_and_goes_on_is_stopped_when_its_time_is_over() throws IOException {
        assertThatThrownBy(
                        () -> within(Duration.ofSeconds(1)).shell("echo $$ >pid; exec >/dev/null 2>&1; exec sleep 600"))
                .hasMessageContaining("COMMAND_LATE")
                .hasMessageContaining("it has not ended after 1s");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void a_command_that_says_nothing_is_stopped_when_its_time_is_over() throws IOException {
        assertThatThrownBy(() -> within(Duration.ofSeconds(1)).shell("echo $$ >pid; exec sleep 600"))
                .hasMessageContaining("COMMAND_LATE");

        assertThat(isAlive()).isFalse();
    }

    @Test
    void a_process_that_a_command_left_behind_with_its_output_holds_nobody() throws IOException {
        assertThat(within(Duration.ofSeconds(30))
                        .shell("sleep 600 & echo $! >pid; exit 4")
                        .exitCode())
                .isEqualTo(4);

        left().ifPresent(ProcessHandle::destroyForcibly);
    }

    private ShellRun within(Duration time) {
        return new ShellRun(directory, ENVIRONMENT, lines::add, time);
    }

    private boolean isAlive() throws IOException {
        return left().filter(ProcessHandle::isAlive).isPresent();
    }

    private java.util.Optional<ProcessHandle> left() throws IOException {
        return ProcessHandle.of(
                Long.parseLong(Files.readString(directory.resolve("pid")).strip()));
    }
}
