package dev.waybill.agent;

import dev.waybill.agent.driver.Ended;
import dev.waybill.agent.store.Disk;
import dev.waybill.agent.store.RealDisk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Slot;
import dev.waybill.core.problem.Problem;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How somebody on this host asks the running agent for a rollback: a file in a directory that only they can write, and a
 * file as the answer. Whoever moves the request away owns it, so it is done once.
 */
final class HostRequests {
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String ASK = ".ask";
    private static final String TAKEN = ".taken";
    private static final String ANSWER = ".answer";

    /** @param to null for the newest good one that nobody rolled back from */
    record Rollback(Slot slot, @Nullable Long to, Ended.Offline who) {}

    /** How it ended, or else the code of a refusal with what was missing and what to do next. */
    record Answer(
            @Nullable Ended ended,
            @Nullable String code,
            @Nullable String refusal,
            @Nullable String next) {}

    private static final System.Logger LOG = System.getLogger("waybill.agent");

    private final Disk disk = new RealDisk();
    private final Path directory;

    HostRequests(Path directory) {
        this.directory = directory;
    }

    /** How long whoever asks waits. */
    record Patience(Duration untilTaken, Duration untilAnswered) {
        /** An agent takes a request at once; going back may have to wait for a start and two health checks. */
        static final Patience USUAL = new Patience(Duration.ofSeconds(10), Duration.ofMinutes(30));
    }

    /**
     * Done once by an agent that starts: a request that was taken and not answered is one whose agent was killed. What it
     * began is finished by the target itself, so whoever still waits is sent there and nothing is done twice.
     */
    void answerForTheDead() throws IOException {
        for (Path taken : ending(TAKEN)) {
            answer(
                    taken,
                    new Answer(
                            null,
                            "ROLLBACK_INTERRUPTED",
                            "the agent that took the request ended before it answered; the next one finished what was"
                                    + " begun.",
                            "See in `waybill running` or `current` what serves before asking again."));
        }
    }

    /** The agent's side: takes what is there at once and performs each on its own, so that no target waits for another. */
    void answer(Agent agent, Executor each) throws IOException {
        for (Path asked : ending(ASK)) {
            Path taken = sibling(asked, ASK, TAKEN);
            try {
                Files.move(asked, taken);
            } catch (NoSuchFileException e) {
                continue;
            }
            each.execute(() -> answer(agent, taken));
        }
    }

    private void answer(Agent agent, Path taken) {
        try {
            answer(taken, perform(agent, Json.read(Files.readAllBytes(taken), Rollback.class)));
        } catch (IOException | ProblemException e) {
            LOG.log(Level.WARNING, "A rollback that was asked for on this host could not be answered", e);
        }
    }

    private void answer(Path taken, Answer answer) throws IOException {
        disk.write(sibling(taken, TAKEN, ANSWER), Json.write(answer));
        Files.deleteIfExists(taken);
    }

    static Answer perform(Agent agent, Rollback asked) {
        try {
            return new Answer(agent.target(asked.slot()).back(asked.to(), asked.who()), null, null, null);
        } catch (ProblemException e) {
            return new Answer(
                    null,
                    e.problem().code(),
                    e.problem().missing(),
                    "Nothing was changed. " + e.problem().next());
        } catch (IOException | RuntimeException e) {
            // Whoever asked waits for an answer as long as the agent runs, so there is always one.
            return new Answer(
                    null,
                    "ROLLBACK_BROKEN",
                    e.getClass().getSimpleName() + ": " + e.getMessage(),
                    "See the agent's log, and `current` for what serves.");
        }
    }

    /**
     * The other side: asks, and waits for the answer while an agent runs.
     *
     * @return empty when no agent answers any more: what it may have begun is finished by whoever goes back next
     */
    Optional<Answer> ask(Rollback rollback, BooleanSupplier agentRuns, Patience patience)
            throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        Path request = directory.resolve(id + ASK);
        Path answer = directory.resolve(id + ANSWER);
        disk.write(request, Json.write(rollback));
        long began = System.nanoTime();
        while (true) {
            Optional<byte[]> answered = disk.read(answer);
            if (answered.isPresent()) {
                disk.remove(answer);
                return Optional.of(Json.read(answered.get(), Answer.class));
            }
            if (!agentRuns.getAsBoolean() && !Files.exists(answer)) {
                Files.deleteIfExists(request);
                Files.deleteIfExists(directory.resolve(id + TAKEN));
                return Optional.empty();
            }
            Duration waited = Duration.ofNanos(System.nanoTime() - began);
            if (waited.compareTo(patience.untilTaken()) > 0 && Files.deleteIfExists(request)) {
                throw silent(rollback, waited, "has not taken the request", "Nothing was changed.");
            }
            if (waited.compareTo(patience.untilAnswered()) > 0) {
                throw silent(rollback, waited, "took the request and has not answered", "See the agent's log.");
            }
            Thread.sleep(PAUSE);
        }
    }

    private static ProblemException silent(Rollback rollback, Duration waited, String what, String so) {
        return new Problem.Unavailable(
                        "AGENT_SILENT",
                        "Going back in " + rollback.slot(),
                        "the agent runs and " + what + " in " + waited.toSeconds() + " s.",
                        so + " Stop the agent and ask again: without it the command goes back by itself.")
                .exception();
    }

    private static Path sibling(Path file, String from, String to) {
        return file.resolveSibling(file.getFileName().toString().replace(from, to));
    }

    private List<Path> ending(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(f -> f.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
