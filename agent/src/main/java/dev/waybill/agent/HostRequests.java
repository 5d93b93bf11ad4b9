package dev.waybill.agent;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.store.Disk;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How somebody on this host asks the running agent for a rollback: a file in a directory that only they can write, and a
 * file as the answer. Whoever moves the request away owns it, so it is done once.
 */
final class HostRequests {
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** @param to null for the newest good one that nobody rolled back from */
    record Rollback(Slot slot, @Nullable Long to, Ended.Offline who) {}

    /** Exactly one of the two is set; the refusal is a whole sentence with its code. */
    record Answer(
            @Nullable Ended ended,
            @Nullable String code,
            @Nullable String refusal) {}

    private final Disk disk = new RealDisk();
    private final Path directory;

    HostRequests(Path directory) {
        this.directory = directory;
    }

    /** The agent's side: answers what is there. */
    void answer(Agent agent) throws IOException {
        for (Path file : waiting()) {
            Path taken = directory.resolve(file.getFileName().toString().replace(".ask", ".taken"));
            try {
                Files.move(file, taken);
            } catch (NoSuchFileException e) {
                continue;
            }
            Rollback asked = Json.read(Files.readAllBytes(taken), Rollback.class);
            disk.write(
                    directory.resolve(file.getFileName().toString().replace(".ask", ".answer")),
                    Json.write(perform(agent, asked)));
            Files.deleteIfExists(taken);
        }
    }

    static Answer perform(Agent agent, Rollback asked) {
        try {
            return new Answer(agent.target(asked.slot()).back(asked.to(), asked.who()), null, null);
        } catch (ProblemException e) {
            return new Answer(null, e.problem().code(), e.problem().sentence());
        } catch (IOException | RuntimeException e) {
            // Whoever asked waits for an answer as long as the agent runs, so there is always one.
            return new Answer(null, "ROLLBACK_BROKEN", e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    /**
     * The other side: asks, and waits for the answer while an agent runs.
     *
     * @return empty when no agent took the request: it is withdrawn then, and the caller may act itself
     */
    Optional<Answer> ask(Rollback rollback, BooleanSupplier agentRuns) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Path request = directory.resolve(id + ".ask");
        Path answer = directory.resolve(id + ".answer");
        disk.write(request, Json.write(rollback));
        while (true) {
            Optional<byte[]> answered = disk.read(answer);
            if (answered.isPresent()) {
                disk.remove(answer);
                return Optional.of(Json.read(answered.get(), Answer.class));
            }
            if (!agentRuns.getAsBoolean() && !Files.exists(answer)) {
                Files.deleteIfExists(request);
                return Optional.empty();
            }
            Thread.sleep(PAUSE);
        }
    }

    private List<Path> waiting() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().endsWith(".ask"))
                    .sorted()
                    .toList();
        }
    }
}
