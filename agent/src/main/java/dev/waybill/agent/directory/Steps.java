package dev.waybill.agent.directory;

import dev.waybill.agent.store.Disk;
import dev.waybill.core.json.Json;
import dev.waybill.core.name.Digest;
import dev.waybill.core.predicate.Deployment;
import dev.waybill.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The steps from the release that serves to the one that shall serve, and back. Each is written down before it is taken
 * and may be taken again, so the same loop serves the first run and the run after a crash.
 */
final class Steps {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final DirectoryDriver.Tools tools;
    private final Disk disk;
    private final Root root;
    private final Shelf shelf;
    private final Settings settings;
    private final int keep;

    Steps(DirectoryDriver.Tools tools, Root root, Shelf shelf, int keep) {
        this.tools = tools;
        this.disk = tools.disk();
        this.root = root;
        this.shelf = shelf;
        this.settings = new Settings(disk, root);
        this.keep = keep;
    }

    /** Takes the step that the journal names and those after it, to the end. */
    Journal finish(Journal journal) throws IOException {
        Journal now = journal;
        while (!now.ended()) {
            now = take(now);
            disk.write(root.journal(), Json.write(now));
        }
        return now;
    }

    /** The good release that is meant to serve, alive or not: the one started last, or else the one that {@code current} names. */
    @Nullable
    Long serving() throws IOException {
        Optional<Started> started = started();
        if (started.isPresent() && good(started.get().number())) {
            return started.get().number();
        }
        if (!Files.isSymbolicLink(root.current())) {
            return null;
        }
        String directory = Files.readSymbolicLink(root.current()).getFileName().toString();
        return shelf.all().stream()
                .filter(k -> k.directory().equals(directory) && k.state() == Kept.State.GOOD)
                .findFirst()
                .map(Kept::number)
                .orElse(null);
    }

    private boolean good(long number) throws IOException {
        return shelf.find(number).filter(k -> k.state() == Kept.State.GOOD).isPresent();
    }

    Kept kept(long number) throws IOException {
        return shelf.find(number).orElseThrow(() -> new IOException("the record of release " + number + " is gone"));
    }

    /** Makes sure that a kept release has the bytes that were approved; lays it anew from the content store if not. */
    private void mend(Kept kept) throws IOException {
        for (Kept.StagedFile file : kept.files()) {
            if (!file.digest().equals(digest(root.release(kept.directory()).resolve(file.path())))) {
                new Stage(disk, root, tools.content()).lay(kept.directory(), kept.contents());
                return;
            }
        }
    }

    /** What has to be on disk before a process is known under another number. */
    @FunctionalInterface
    interface Before {
        void write() throws IOException;
    }

    /** Lets the living process of a kept release go on under another number; false when it does not live. */
    boolean rename(Kept kept, long number, Before before) throws IOException {
        Optional<Started> started = started()
                .filter(s -> s.directory().equals(kept.directory()))
                .filter(s -> tools.launcher().alive(s.pid(), s.mark()));
        if (started.isEmpty()) {
            return false;
        }
        before.write();
        Started s = started.get();
        disk.write(root.process(), Json.write(new Started(number, s.directory(), s.pid(), s.mark(), s.startedAt())));
        return true;
    }

    private Journal take(Journal now) throws IOException {
        return switch (now.step()) {
            case STOP -> {
                stop();
                yield now.next(Journal.Step.SWITCH);
            }
            case SWITCH -> {
                String failure = point(now.number());
                yield failure.isEmpty() ? now.next(Journal.Step.START) : now.next(Journal.Step.RETURN_STOP, failure);
            }
            case START -> start(now);
            case CHECK -> check(now);
            case ACCEPT -> accept(now);
            case RETURN_STOP -> goBack(now);
            case RETURN_SWITCH -> {
                String failure = point(previous(now));
                yield failure.isEmpty() ? now.next(Journal.Step.RETURN_START) : down(now, failure);
            }
            case RETURN_START -> {
                String failure = launch(previous(now));
                yield failure.isEmpty()
                        ? now.next(Journal.Step.RETURN_CHECK)
                        : down(now, "going back failed too: " + failure);
            }
            case RETURN_CHECK -> {
                Health.Finding found = ask(previous(now));
                yield found.healthy()
                        ? now.end(Deployment.Outcome.RETURNED, now.detail() + "; the release before serves again", at())
                        : down(now, "the release before is not healthy either: " + found.sentence());
            }
            case ENDED -> now;
        };
    }

    private Journal start(Journal now) throws IOException {
        String failure = launch(now.number());
        return failure.isEmpty() ? now.next(Journal.Step.CHECK) : now.next(Journal.Step.RETURN_STOP, failure);
    }

    private Journal check(Journal now) throws IOException {
        Health.Finding found = ask(now.number());
        return now.next(found.healthy() ? Journal.Step.ACCEPT : Journal.Step.RETURN_STOP, found.sentence());
    }

    private Journal accept(Journal now) throws IOException {
        shelf.put(kept(now.number()).as(Kept.State.GOOD));
        shelf.prune(now.number(), keep);
        return now.end(Deployment.Outcome.SUCCEEDED, now.detail(), at());
    }

    private Journal goBack(Journal now) throws IOException {
        stop();
        Kept failed = kept(now.number());
        if (failed.state() != Kept.State.GOOD) {
            shelf.put(failed.as(Kept.State.FAILED));
        }
        if (now.previous() == null) {
            disk.remove(root.current());
            return now.end(Deployment.Outcome.DOWN, now.detail() + "; there is no release to go back to", at());
        }
        return now.next(Journal.Step.RETURN_SWITCH);
    }

    private Journal down(Journal now, String why) {
        return now.end(Deployment.Outcome.DOWN, now.detail() + "; " + why, at());
    }

    private void stop() throws IOException {
        Optional<Started> started = started();
        if (started.isPresent()) {
            tools.launcher().stop(started.get().pid(), started.get().mark(), GRACE);
        }
    }

    /** A release that lay here for a while is checked against what was approved before it serves again. */
    private String point(long number) throws IOException {
        Kept kept = kept(number);
        try {
            if (kept.state() == Kept.State.GOOD) {
                mend(kept);
            }
            disk.point(root.current(), Path.of("releases", kept.directory()));
            return "";
        } catch (IOException | ProblemException e) {
            return "its files could not be brought back: " + e.getMessage();
        }
    }

    /**
     * Empty when the process was started; otherwise why not. After a crash in this step the process that was written down
     * may still wait for its line in vain, so whatever it is, it makes room for a new one.
     */
    private String launch(long number) throws IOException {
        stop();
        Kept kept = kept(number);
        try {
            Map<String, String> environment = environment(kept);
            Path directory = root.release(kept.directory());
            List<String> command = command(kept, directory, environment.getOrDefault("PATH", ""));
            Launcher.Launch launch = new Launcher.Launch(command, directory, root.log(number), environment);
            tools.launcher()
                    .start(
                            launch,
                            (pid, mark) -> disk.write(
                                    root.process(),
                                    Json.write(new Started(number, kept.directory(), pid, mark, at()))));
            return "";
        } catch (IOException | ProblemException e) {
            return "the process could not be started: " + e.getMessage();
        }
    }

    /** The first word is looked up on the release's own PATH, unless it names a file of the release. */
    private static List<String> command(Kept kept, Path directory, String path) {
        List<String> command = new ArrayList<>(kept.contents().run().command());
        String first = command.getFirst();
        if (Files.isRegularFile(directory.resolve(first))) {
            command.set(0, directory.resolve(first).toString());
        } else if (first.indexOf('/') < 0) {
            for (String entry : path.split(":")) {
                Path candidate = Path.of(entry, first);
                if (Files.isExecutable(candidate)) {
                    command.set(0, candidate.toString());
                    break;
                }
            }
        }
        return command;
    }

    private Health.Finding ask(long number) throws IOException {
        Kept kept = kept(number);
        Started started =
                Objects.requireNonNull(started().orElse(null), "a started release has its process written down");
        return new Health()
                .check(
                        kept.contents().run().health(),
                        new Health.Place(root.release(kept.directory()), environment(kept)),
                        () -> tools.launcher().alive(started.pid(), started.mark()));
    }

    private Map<String, String> environment(Kept kept) throws IOException {
        return settings.environment(
                kept, tools.host().pathFor(kept.contents().run().needs()));
    }

    private Optional<Started> started() throws IOException {
        return disk.read(root.process()).map(bytes -> Json.read(bytes, Started.class));
    }

    private static long previous(Journal now) {
        return Objects.requireNonNull(now.previous(), "going back has a release to go back to");
    }

    private Instant at() {
        return tools.clock().instant();
    }

    private static @Nullable Digest digest(Path file) {
        try (InputStream in = Files.newInputStream(file);
                Hashed hashed = new Hashed(in)) {
            return hashed.drain();
        } catch (IOException e) {
            return null;
        }
    }
}
