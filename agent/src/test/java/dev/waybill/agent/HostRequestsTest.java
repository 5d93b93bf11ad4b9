package dev.waybill.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.ActorName;
import dev.waybill.core.name.Slot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asking an agent that does not answer as it should. */
final class HostRequestsTest {
    private static final HostRequests.Rollback WISH = new HostRequests.Rollback(
            Slot.parse("production/shop"), null, new Ended.Offline(new ActorName("operator"), "it burns"));
    private static final HostRequests.Patience NONE = new HostRequests.Patience(Duration.ZERO, Duration.ZERO);
    private static final HostRequests.Patience MUCH =
            new HostRequests.Patience(Duration.ofMinutes(1), Duration.ofMinutes(1));

    @TempDir
    Path directory;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    @Test
    void a_request_that_a_running_agent_does_not_take_is_withdrawn() throws IOException {
        assertThatThrownBy(() -> new HostRequests(directory).ask(WISH, () -> true, NONE))
                .hasMessageContaining("has not taken the request")
                .hasMessageContaining("Stop the agent and ask again");
        assertThat(files()).isEmpty();
    }

    @Test
    void a_request_that_was_taken_and_not_answered_is_not_withdrawn() throws IOException {
        assertThatThrownBy(() -> new HostRequests(directory)
                        .ask(
                                WISH,
                                () -> {
                                    take();
                                    return true;
                                },
                                NONE))
                .hasMessageContaining("took the request and has not answered");
        assertThat(files()).singleElement().asString().endsWith(".taken");
    }

    @Test
    void when_the_agent_that_took_it_ends_whoever_asked_goes_on_alone() throws Exception {
        assertThat(new HostRequests(directory).ask(WISH, () -> !take(), MUCH)).isEmpty();
        assertThat(files()).isEmpty();
    }

    @Test
    void an_agent_that_starts_answers_what_the_one_before_took() throws IOException {
        new RealDisk().write(directory.resolve("1.taken"), Json.write(WISH));

        new HostRequests(directory).answerForTheDead();

        assertThat(files())
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer).hasFileName("1.answer").content().contains("ROLLBACK_INTERRUPTED"));
    }

    /** What an agent does first, as long as there is something to take. */
    private boolean take() {
        try {
            for (Path file : files()) {
                if (file.toString().endsWith(".ask")) {
                    Files.move(file, Path.of(file.toString().replace(".ask", ".taken")));
                }
            }
            return true;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
